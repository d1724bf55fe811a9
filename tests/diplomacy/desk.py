"""The editors' desk as a browser uses it: forms are filled with what they show, and sent back."""

from django.urls import reverse


def address(act, one, *args):
    return reverse(f"admin:diplomacy_{one._meta.model_name}_{act}", args=args)


def filled(page):
    """What a browser would send back of a form as it stands."""
    data = {}
    for form in _forms(page.context):
        for bound in form:
            _put(data, bound.html_name, bound.value())
            if bound.field.show_hidden_initial:
                opened_with = form.data.getlist(bound.html_initial_name) if form.is_bound else None
                _put(data, bound.html_initial_name, opened_with or bound.value(), as_hidden=True)
    return data


def _forms(context):
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _put(data, name, value, *, as_hidden=False):
    if value is None or value in ("", []) or (value is False and not as_hidden):
        return
    data[name] = str(value) if as_hidden and isinstance(value, bool) else value


def row_of(page, prefix, pk):
    """The number of the row with this key in a set of rows."""
    formset = next(one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == prefix)
    return next(i for i, form in enumerate(formset.forms) if form.instance.pk == pk)


def errors(answer):
    return (answer.context["errors"] or answer.context.get("said")) if answer.context else answer
