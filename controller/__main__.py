"""The command line, and the one place that picks real chips or the twin.

Every command imports what it needs when it runs: a controller carries no site, a site
no driver, and ``all-off`` nothing of either.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from controller.config.schema import Config, Twin
    from controller.demo.seed import Scene
    from controller.demo.stage import Simulated
    from controller.service.assembly import Surroundings
    from hardware.pi.bank import BankWiring
    from hardware.twin.spec import WorldSpec


SITE_YIELDS = 10
"""Doors before pages (REL-6): how nice the demo's site is to the controller. On a Pi
``CPUWeight`` in the units says so."""


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["all-off"]:
        # Before anything else is imported: it must work when nothing else does.
        from controller import alloff

        sys.exit(alloff.main(sys.argv[2:]))
    from controller import stopping

    stopping.leave_when_told()
    try:
        _run()
    finally:
        stopping.hear_no_more()


def _run() -> None:
    match sys.argv[1:]:
        case ["controller", "--config", config]:
            # As systemd calls it: it runs for months without the command line, 1 MB.
            from controller.commands.failing import one_line

            with one_line():
                run_controller(Path(config))
        case _:
            from controller.commands.cli import cli

            cli(prog_name="hometime")


# --------------------------------------------------------------------------- services


def run_controller(path: Path) -> None:
    """Run the controller of the configuration at ``path`` until it is told to stop.

    Raises:
        HometimeError: it cannot start, or the journal could not be written.
        HardwareFault: a line or chip cannot be opened.
    """
    from controller.frugal import metadata_when_asked, without_openssl

    without_openssl()
    metadata_when_asked()
    from controller.config.check import load
    from controller.service.process import ControllerProcess
    from controller.stopping import call_when_told

    _log_plainly()
    config = load(path)
    process: ControllerProcess | None = None

    def clock_was_set() -> None:
        if process is not None:
            process.clock_was_set()

    around = _twin(config, config.twin, clock_was_set) if config.twin else _pi(config)
    process = ControllerProcess(config, around, version())
    call_when_told(process.stop)
    process.run()


def run_web(path: Path) -> None:
    """Run the site of the configuration at ``path`` until it is told to stop."""
    from controller.frugal import without_openssl

    without_openssl(tls=False)
    from controller.config.check import load
    from controller.stopping import call_when_told
    from web.config import WebConfig
    from web.serve import serve

    _log_plainly()
    config = load(path)
    if config.is_simulated:
        os.nice(SITE_YIELDS)
    stop = threading.Event()
    call_when_told(stop.set)
    serve(
        WebConfig(
            socket=config.bank.socket,
            data_dir=config.bank.data,
            secret_key_path=_site_secrets(config) / "site.key",
            demo=config.is_simulated,
            room_socket=config.twin.room if config.twin else None,
            host=config.web.host,
            port=config.web.port,
            trusted_hosts=config.web.trusted_hosts,
        ),
        stop,
    )


def run_room(path: Path) -> None:
    """Run the simulated room of the configuration at ``path``."""
    from controller.config.check import load
    from controller.stopping import call_when_told
    from hardware.twin.room import serve

    _log_plainly()
    config = load(path)
    if config.twin is None:
        message = f"{path}: found no [twin], wanted the simulated room's settings"
        raise SystemExit(message)
    stop = threading.Event()
    call_when_told(stop.set)
    serve(world_spec(config), config.twin.room, config.twin.state, stop)


def watch_reader(
    bus: int, device: int, count: int | None, emit: Callable[[object], None]
) -> None:
    """Print what happens on one reader, without a controller."""
    from controller.stopping import call_when_told
    from hardware.clock import RealClock
    from hardware.watch import watch

    stop = threading.Event()
    call_when_told(stop.set)
    watch(bus, device, count, emit, RealClock(), stop)


def version() -> str:
    """Return the installed version."""
    from controller.frugal import version_of

    return version_of("hometime")


# ------------------------------------------------------------------- chips or the twin


def _pi(config: Config) -> Surroundings:
    """Real chips: whatever ``spidev`` and pin factory are on the path."""
    from controller.service.assembly import Surroundings
    from hardware.clock import RealClock
    from hardware.pi.bank import BankHardware
    from hardware.pi.lines import Lines
    from hardware.pi.wallclock import SystemWallClock

    clock = RealClock()
    return Surroundings(
        clock=clock,
        wall=SystemWallClock(),
        open_bank=lambda wake: BankHardware(wiring(config), Lines(), clock, wake),
    )


def _twin(
    config: Config, twin: Twin, clock_was_set: Callable[[], None]
) -> Surroundings:
    """The simulated room: the same drivers, other ends of the wires."""
    from controller.service.assembly import Surroundings
    from hardware.clock import RealClock
    from hardware.pi.bank import BankHardware
    from hardware.pi.lines import Lines
    from hardware.twin import spidev_remote
    from hardware.twin.pins import twin_makers
    from hardware.twin.room_client import RoomWallClock, RoomWires

    room, clock = twin.room, RealClock()
    spidev_remote.install(room)
    wall = RoomWallClock(room, clock_was_set, clock)
    lines = Lines(twin_makers(RoomWires(room), clock))
    return Surroundings(
        clock=clock,
        wall=wall,
        open_bank=lambda wake: BankHardware(wiring(config), lines, clock, wake),
        clock_followed=wall.ack,
    )


def afternoon(data: Path, port: int, told_to_stop: Callable[[], bool]) -> Scene:
    """Return what has happened in ``data`` before ``hometime demo --afternoon``."""
    from controller.demo.afternoon import MADE_US, play
    from controller.demo.files import write_config
    from controller.demo.seed import Cast, Scene

    def play_it(cast: Cast) -> None:
        config = write_config(data, port)
        play(config, cast, in_one_thread, told_to_stop, version())

    return Scene("afternoon", MADE_US, play_it)


def in_one_thread(config: Config, at: datetime) -> Simulated:
    """Open the simulated room in this process, in virtual time, its clock at ``at``.

    What stands for ``spidev`` goes with it: nothing else here may use readers then.
    """
    from controller.demo.stage import Simulated
    from hardware.pi.bank import BankHardware
    from hardware.pi.lines import Lines
    from hardware.twin.clock import VirtualClock
    from hardware.twin.pins import twin_makers
    from hardware.twin.spidev_inprocess import install_spidev
    from hardware.twin.store import Store
    from hardware.twin.world import World

    assert config.twin is not None  # noqa: S101  the demo wrote the file with one
    clock, store = VirtualClock(), Store(config.twin.state)
    world = World(world_spec(config), clock)
    world.set_clock(at)
    chips = {(r.spec.bus, r.spec.device): r.chip for r in world.readers.values()}
    spidev = install_spidev(chips, clock)
    lines = Lines(twin_makers(world, clock))
    bank = BankHardware(wiring(config), lines, clock, lambda: None)

    def leave() -> None:
        store.save(world.state())
        spidev.remove()

    return Simulated(world, clock, bank, bank.pulses.cutter, leave)


def wiring(config: Config) -> BankWiring:
    """Return what is wired where, from a configuration."""
    from hardware.lines import LineName
    from hardware.pi.bank import BankWiring, ReaderWiring

    def line(text: str) -> LineName | None:
        return LineName.parse(text) if text else None

    def bit(text: str) -> int | None:
        return LineName.parse(text).bit if text else None

    return BankWiring(
        coils={each.n: LineName.parse(each.coil) for each in config.compartments},
        contacts={each.n: LineName.parse(each.contact) for each in config.compartments},
        limits=config.limits,
        readers=[
            ReaderWiring(
                reader.name,
                reader.bus,
                reader.device,
                reader.poll_hz,
                bit(reader.reset),
                line(reader.light),
                line(reader.buzzer),
            )
            for reader in config.readers
        ],
        budget_a=config.budget_a,
        gap_s=config.supply.gap_s,
        max_coils=config.supply.max_coils,
        max_wait_s=config.supply.max_wait_s,
        debounce_s=config.contacts.debounce_ms / 1_000,
        active_low=frozenset(e.n for e in config.compartments if e.active_low),
        alarm=line(config.contacts.alarm),
    )


def world_spec(config: Config) -> WorldSpec:
    """Return the room that a configuration of the twin describes."""
    from hardware.twin.spec import (
        CompartmentSpec,
        ReaderSpec,
        SupplySpec,
        WorldSpec,
    )

    limits = config.limits
    return WorldSpec(
        readers=tuple(
            ReaderSpec(
                reader.name,
                reader.bus,
                reader.device,
                reader.light,
                reader.buzzer,
                reader.reset,
            )
            for reader in config.readers
        ),
        compartments=tuple(
            CompartmentSpec(
                each.n,
                each.coil,
                each.contact,
                limits[each.n].current_a,
                limits[each.n].max_on_s,
                each.active_low,
            )
            for each in config.compartments
        ),
        alarm_line=config.contacts.alarm,
        supply=SupplySpec(nominal_v=config.supply.volts, limit_a=config.supply.amps),
    )


# -------------------------------------------------------------------------------- small


def _site_secrets(config: Config) -> Path:
    """Return where the site keeps its own key, never among the controller's."""
    state = os.environ.get("STATE_DIRECTORY")
    folder = Path(state) if state else config.bank.data / "web"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _log_plainly() -> None:
    """Log to stderr, which systemd's journal dates; ids only, never a name."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")


if __name__ == "__main__":
    main()
