# 执衡 Zhiheng. `make` alone prints this help; the lines after ## are its text.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench shots front lock faults clean

help: ## 显示本帮助 / show this help
	@echo "执衡 Zhiheng：大综合一体化行政执法开放平台"
	@echo
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo
	@echo "  例 / e.g.  make demo PORT=8001    make test"

demo: python ## 安装并运行演示县，Ctrl-C 停止 / set up and run the demo county
	@$(PYTHON) tools/demo.py

test: python ## 全部检查与测试（两核约 18 分钟）/ all checks and tests, browser included
	@$(PYTHON) tools/run_tests.py

check: python ## 快速检查（1 分钟内）/ lint, types, imports, rulebook
	@$(PYTHON) tools/run_tests.py --check

fix: python ## 自动整理代码与模板格式 / format and fix what tools can
	@$(PYTHON) tools/run_tests.py --fix

bench: python ## 运行全部测量（10 分钟内）/ measure everything
	@$(PYTHON) tools/run_tests.py --bench

shots: python ## 重新拍摄手册中的界面图 / take the handbook's screenshots
	@$(PYTHON) tools/run_tests.py --shots

front: python ## 安装并整理前端文件 / fetch and arrange front-end files
	@$(PYTHON) tools/run_tests.py --front

faults: python ## 逐个杀死各部分，检查能否恢复 / kill each part and see it come back
	@$(PYTHON) tools/run_tests.py --faults

lock: ## 重新锁定依赖版本 / lock dependencies anew
	@$(VENV) tools/lock.py

clean: ## 删除可重建的文件，保留数据 / remove what can be rebuilt, keep data
	rm -rf node_modules var/static var/front var/front.stamp var/test-pg .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "✗ 没有找到 $(PYTHON)。请安装 Python 3.11 或更新版本（Debian：sudo apt-get install python3 python3-venv）。"; exit 1; }
