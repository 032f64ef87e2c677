"""导入与导出：任何一本登记簿都能整本取走、改好、整批送回。

A batch (导入批次) is one uploaded file: read into a staging table in chunks, checked against the
register, shown to people, and applied by a second person all at once or not at all. What a
register's columns are comes from its model, so a new register needs no code here.
Nothing in a workbook is ever evaluated; what cannot be read safely is refused with a sentence.
"""
