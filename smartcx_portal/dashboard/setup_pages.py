"""The pages on which a tenant sets up what can be booked."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.dashboard.form_fields import form_fields_page
from smartcx_portal.dashboard.form_fields_state import FormFieldsState
from smartcx_portal.dashboard.location_edit import location_edit_page
from smartcx_portal.dashboard.location_edit_state import LocationEditState
from smartcx_portal.dashboard.locations import locations_page
from smartcx_portal.dashboard.locations_state import LocationsState
from smartcx_portal.dashboard.resource_edit import resource_edit_page
from smartcx_portal.dashboard.resource_edit_state import ResourceEditState
from smartcx_portal.dashboard.resources import resources_page
from smartcx_portal.dashboard.resources_state import ResourcesState
from smartcx_portal.dashboard.service_edit import service_edit_page
from smartcx_portal.dashboard.service_edit_state import ServiceEditState
from smartcx_portal.dashboard.services import services_page
from smartcx_portal.dashboard.services_state import ServicesState
from smartcx_portal.kit.language import N_

SETUP_PAGES: tuple[tuple[str, Callable[[str], rx.Component], Any, str, str], ...] = (
    ("services", services_page, ServicesState.load, "", N_("Services")),
    ("service", service_edit_page, ServiceEditState.load, "/[one_service]", N_("Service")),
    ("form_fields", form_fields_page, FormFieldsState.load, "/[one_service]", N_("Form fields")),
    ("resources", resources_page, ResourcesState.load, "", N_("Resources")),
    ("resource_edit", resource_edit_page, ResourceEditState.load, "/[one_resource]", N_("Resource")),
    ("locations", locations_page, LocationsState.load, "", N_("Locations")),
    ("location_edit", location_edit_page, LocationEditState.load, "/[one_location]", N_("Location")),
)
"""As in `pages.ROOM_PAGES`. The parameters of routes become vars of every State: no State has one of these names."""
