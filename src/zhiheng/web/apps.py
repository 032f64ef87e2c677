from django.apps import AppConfig

SENTENCES = {
    "Field": {"required": "请填写这一项。"},
    "ChoiceField": {"invalid_choice": "没有这个选项，请从列出的里面选。"},
    "MultipleChoiceField": {"invalid_choice": "没有这个选项，请从列出的里面选。"},
    "FileField": {
        "required": "请选择一个文件。",
        "missing": "没有收到文件，请再选一次。",
        "empty": "这个文件是空的，请检查后再选。",
        "max_length": "文件名太长，请改短后再选。",
    },
}


class WebConfig(AppConfig):
    name = "zhiheng.web"
    label = "web"
    verbose_name = "界面"

    def ready(self) -> None:
        """Forms answer in sentences that say what to do, not only what is wrong."""
        from django import forms

        for name, sentences in SENTENCES.items():
            getattr(forms, name).default_error_messages.update(sentences)
