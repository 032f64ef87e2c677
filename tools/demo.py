"""`make demo`: set everything up where it is missing, then run it until Ctrl-C.

First half: the machine and what we stand on; standard library only. Second half: serve.py,
in the virtual environment.
"""

import os
import sys

import preflight


def fetch_laws(install) -> None:
    """Fetch the texts of the national laws; the demonstration runs without them, too."""
    try:
        install.ensure_packages("laws")
    except preflight.Trouble as trouble:
        print(f"  法律文本没有装上，演示县照常运行，下次启动再试。{trouble}", flush=True)


def main():
    """Set up, then hand over to serve.py."""
    try:
        preflight.check_all()
        port = preflight.wanted_port()
        import install

        if preflight.first_run():
            print("首次启动：安装依赖、建立数据库、装入示范县，约需两三分钟。", flush=True)
        install.ensure_both()
        fetch_laws(install)
    except preflight.Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except KeyboardInterrupt:
        sys.exit("\n已中断；再次运行 make demo 会接着做。")
    serve = str(preflight.ROOT / "tools" / "serve.py")
    sys.stdout.flush()
    os.execv(str(install.PYTHON), [str(install.PYTHON), serve, str(port)])


if __name__ == "__main__":
    main()
