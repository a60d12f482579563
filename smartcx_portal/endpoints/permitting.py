"""Deny by default for HTTP routes: each names its permission, as each handler of a page does."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from fastapi import APIRouter
from starlette.routing import BaseRoute

from smartcx_portal.tenancy.permissions import Permission

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])


def open_route(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Mark a route's function with its permission; stands below the router's decorator.

    Machines have no accounts, so `Permission.PUBLIC` is the only one a route can name: whoever has the secret in the
    address or in the body may call it, and the route itself looks that secret up.
    """
    if permission is not Permission.PUBLIC:
        raise ValueError(f"no HTTP caller can have {permission}: machines have no accounts")

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.__permission__ = permission
        return endpoint

    return mark


def permissions_of(routers: Iterable[APIRouter]) -> dict[str, Permission]:
    """Every route's address and permission. Raises `LookupError` for a route that names none."""
    return {_address(route): _permission(route) for router in routers for route in router.routes}


def _address(route: BaseRoute) -> str:
    return f"{','.join(sorted(getattr(route, 'methods', None) or ()))} {getattr(route, 'path', '?')}"


def _permission(route: BaseRoute) -> Permission:
    permission = getattr(getattr(route, "endpoint", None), "__permission__", None)
    if not isinstance(permission, Permission):
        raise LookupError(f"the route {_address(route)} names no permission")
    return permission
