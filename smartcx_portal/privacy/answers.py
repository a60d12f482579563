"""What kind of data an answer is: tenants invent their questions, and declare each as the columns are declared."""

from typing import Any

from smartcx_portal.models.booking import Answer
from smartcx_portal.models.calendar import AnswerKind, FormField
from smartcx_portal.models.declaring import Category
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.tenancy import Work

OF_KIND = {
    AnswerKind.TEXT: Category.CONTENT,
    AnswerKind.NAME: Category.NAME,
    AnswerKind.CONTACT: Category.CONTACT,
    AnswerKind.BIRTH: Category.BIRTH,
    AnswerKind.DOCUMENT: Category.DOCUMENT,
    AnswerKind.HEALTH: Category.HEALTH,
}


def category_of(work: Work, entry: Entry, column: Column, row: Any) -> Category:
    """What a value is: for an answer what its question says, for all others what the column says."""
    if entry.model is not Answer or column.data.category is not Category.CONTENT:
        return column.data.category
    field = work.find(FormField, row.field_id)
    return OF_KIND[field.category] if field else column.data.category
