"""What the tests of the API share."""

from tests.endpoints.api_calls import api  # noqa: F401 - a fixture
