"""KERN components, layout, forms, tables, calendar, language; props only, no State.

A text is a `str` or a Var (`ui.text.Text`), `lang` is `de` or `en`, handlers are passed in. For page writers:

    def book(lang: str) -> rx.Component:
        t, tenant = translator(lang), tenant_slug()
        other = tenant_address("en" if lang == "de" else "de", "book", tenant, "details")
        return page(
            lang,
            t("Your details"),
            hold_line(lang, Booking.held_until, Booking.hold_longer),
            form(
                lang,
                text_field(lang, "name", t("Full name"), autocomplete="name", problems=Booking.problems),
                email_field(lang, "email", t("E-mail"), default=Booking.email, problems=Booking.problems),
                on_submit=Booking.save_details,
                deed=t("Continue"),
                problems=Booking.problems,
            ),
            name=Booking.tenant_name,
            tenant=tenant,
            other=other,
            below=1,
            preline=t("Step 4 of 5"),
            back=(t("Back"), tenant_address(lang, "book", tenant, "time")),
            status=Notice.text,
            problem=Notice.problem,
        )

Where things are: `layout` (page, tenant_address), `staff` (staff_page), `forms` (form, error_summary, search_form,
filter_form), `fields`, `choices` and `dates` (one function per kind
of field), `actions` (buttons and links), `messages`
(alert, status_line, badge, hold_line, session_notice, waiting), `parts` (section, card, accordion, confirm_dialog),
`tables` (table, facts, summary, task_list), `month` (plain data for a State) and `calendar` (its components),
`browser` (what needs a script; `tenant_slug`).

Rules that keep it working:
- `problems: dict[str, str]` in the State maps a field's name to a sentence in the reader's language, in the
  order of the form; assign it anew on every submit: that ends the waiting and moves focus to the summary. A name that
  starts with `_` belongs to no field.
- An unticked box and an unchosen radio group are missing from the form's data; a ticked box is `yes`.
- A form whose values come from the State is mounted after they are there (`rx.cond(State.loaded, form(…))`).
- No style props, no `id=` on inputs (use `custom_attrs=anchor(…)`), no Radix: the content security policy forbids
  inline styles, and an `id=` would send the field twice.
"""
