"""Why a command stops; the command line turns each into one line and an exit status."""


class CommandError(Exception):
    """The command could not do its work."""

    status = 1


class BadInput(CommandError):
    """The command was asked for something impossible: a wrong file, setting or option."""

    status = 2
