"""One typed Settings, read once from the environment (`SMARTCX_…`)."""

import functools
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """What an installation may choose. Every field is an environment variable with the prefix `SMARTCX_`.

    Raises pydantic's `ValidationError` for values that can't work; the command line turns it into a sentence.
    """

    model_config = SettingsConfigDict(env_prefix="SMARTCX_", extra="ignore")

    data: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    """Public address that links carry, without a slash at its end; `http://localhost:<port>` when empty."""
    extra_origins: str = ""
    """Further origins that may open the websocket, separated by commas."""
    demo: bool = False
    demo_password: SecretStr | None = None
    database_url: str = ""
    """The app's role at a server of your own; empty: the app starts the embedded one."""
    owner_database_url: str = ""
    """The owning role, for migrations only; needed with `database_url`."""
    mailjet_key: SecretStr | None = None
    mailjet_secret: SecretStr | None = None
    mailjet_url: str = "https://api.mailjet.com/"
    """Mailjet's API; accounts in its US data centre use https://api.us.mailjet.com/."""
    mail_from: str = "termine@example.org"
    mail_from_name: str = "Smart CX"
    sms_available: bool = False
    """True once an SMS provider has credentials; demo mode writes SMS to the mailbox."""
    trusted_proxy_hops: int = 0
    database_pool: int = 10
    fetch_from_loopback: bool = False
    """For tests: calendars may also be imported from the own machine, over plain http."""

    @field_validator("base_url")
    @classmethod
    def without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @model_validator(mode="after")
    def encrypted_beyond_loopback(self) -> "Settings":
        """Nothing is carried in the clear beyond the own machine (promise P15), and no demo is shown there."""
        if not self.base_url:
            self.base_url = f"http://localhost:{self.port}"
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("SMARTCX_BASE_URL must look like https://termine.example.org")
        local = parts.hostname in LOOPBACK and self.host in LOOPBACK
        if parts.scheme != "https" and not local:
            raise ValueError(
                "Smart CX serves beyond this machine only behind TLS: set SMARTCX_BASE_URL to an https address"
            )
        if self.demo and not local:
            raise ValueError(
                "Demo mode shows every code and link to everybody at /dev/mailbox, so it stays on this machine: "
                "set SMARTCX_DEMO=0"
            )
        if self.fetch_from_loopback and not local:
            raise ValueError("SMARTCX_FETCH_FROM_LOOPBACK is for tests on this machine only: take it away")
        return self

    @property
    def origins(self) -> list[str]:
        """Every origin whose pages may open the websocket; in demo mode both names of the own machine."""
        parts = urlsplit(self.base_url)
        found = [f"{parts.scheme}://{parts.netloc}"]
        found += [o.strip().rstrip("/") for o in self.extra_origins.split(",") if o.strip()]
        if parts.hostname in LOOPBACK:
            found += [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys(found))


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read at the first call."""
    return Settings()
