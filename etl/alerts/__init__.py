"""What needs the operator, told once: causes come in, messages go out over the channels of the settings."""

from etl.alerts.cause import Cause
from etl.alerts.channels import NoChannel, channels
from etl.alerts.telling import tell

__all__ = ["Cause", "NoChannel", "channels", "tell"]
