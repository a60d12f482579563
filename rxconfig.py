"""Reflex's configuration. Addresses and secrets are read when the app serves; no build contains them."""

import os

import reflex as rx

from smartcx_portal.portal_build import PortalBuild
from smartcx_portal.settings import settings

config = rx.Config(
    app_name="smartcx_portal",
    api_url="http://localhost:8000",  # rewritten in the build, see PortalBuild
    deploy_url=None,
    cors_allowed_origins=settings().origins,
    trusted_proxy_hops=settings().trusted_proxy_hops,
    state_manager_mode="redis" if os.environ.get("REFLEX_REDIS_URL") else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[PortalBuild()],
    disable_plugins=[rx.plugins.SitemapPlugin, rx.plugins.RadixThemesPlugin],
)
