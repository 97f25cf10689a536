"""DAT-1: the roll from OneRoster 1.1 and 1.2, folder or zip, and zips built to harm."""

from __future__ import annotations

import io
import random
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from controller.roll import RollError, parse
from controller.roll.errors import (
    RollArchiveUnsafe,
    RollEmpty,
    RollIncomplete,
    RollTooLarge,
)

EXAMPLES = Path("examples/rolls")
V11, V12 = EXAMPLES / "oneroster-1.1", EXAMPLES / "oneroster-1.2"


def files_of(folder: Path) -> dict[str, str]:
    """Return the text of a folder's files by name."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def zipped(files: dict[str, str], **options: int) -> bytes:
    """Return a zip of ``files``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def changed(folder: Path, name: str, *swaps: tuple[str, str]) -> bytes:
    """Return a zip of ``folder`` with some text of one file swapped."""
    files = files_of(folder)
    for old, new in swaps:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
    return zipped(files)


@pytest.mark.parametrize("folder", [V11, V12])
def test_dat_1_a_folder_and_its_zip_read_the_same(folder):
    parsed = parse(folder)

    assert parsed == parse(zipped(files_of(folder)), "export.zip")
    assert parsed == parse(zipped({f"out/{n}": t for n, t in files_of(folder).items()}))
    assert not parsed.bad
    assert parsed.source == folder.name
    assert [(row.class_slug, row.year) for row in parsed.rows] == [
        *[("4-maple", "4")] * 4,
        *[("r-acorn", "R")] * 2,
    ]


def test_dat_1_both_versions_name_the_same_pupils():
    ids = [[row.external_id for row in parse(folder).rows] for folder in (V11, V12)]

    assert ids[0] == ids[1] == [f"u{n}" for n in range(1, 7)]


def test_dat_1_a_teacher_is_no_pupil_and_a_choir_no_class():
    """DAT-1: the first pupil sings in the choir too; the homeroom is the class."""
    rows = parse(V12).rows

    assert "t1" not in {row.external_id for row in rows}
    assert rows[0].class_name == "4 Maple"


def test_dat_1_oneroster_has_preferred_names_and_upns():
    row = parse(V12).rows[2]

    assert row.first_name == "Ben"
    assert row.upn == parse(EXAMPLES / "sims.csv").rows[2].upn


def test_dat_1_a_user_to_be_deleted_is_not_on_the_roll():
    data = changed(V11, "users.csv", ("u1,,", "u1,tobedeleted,"))

    assert "u1" not in {row.external_id for row in parse(data).rows}


def test_dat_1_a_deleted_role_in_1_2_makes_no_pupil():
    data = changed(V12, "roles.csv", ("ru1,,", "ru1,tobedeleted,"))

    assert "u1" not in {row.external_id for row in parse(data).rows}


def test_dat_1_a_disabled_login_is_still_a_pupil():
    """DAT-1: enabledUser tells of a login elsewhere, not of the roll."""
    data = changed(V11, "users.csv", ("u1,,,true", "u1,,,false"))

    assert "u1" in {row.external_id for row in parse(data).rows}


def test_dat_1_an_enrolment_counts_on_its_days_only():
    data = changed(
        V11, "enrollments.csv", ("u1,student,,,", "u1,student,,2026-09-01,2026-10-01")
    )
    # The choir goes on; without its homeroom it is the pupil's only class.
    assert parse(data, on=date(2026, 9, 30)).rows[0].class_name == "4 Maple"
    assert parse(data, on=date(2026, 11, 23)).rows[0].class_name == "Choir"
    assert parse(data).rows[0].class_name == "4 Maple"


def test_dat_1_a_pupil_of_two_homerooms_is_a_bad_row():
    data = changed(V11, "classes.csv", ("scheduled", "homeroom"))

    (bad,) = parse(data).bad

    assert bad.line == 2
    assert "in 2 classes" in bad.reason


def test_dat_1_a_pupil_of_no_class_is_a_bad_row():
    data = changed(V11, "enrollments.csv", ("e6,,", "e6,tobedeleted,"))

    (bad,) = parse(data).bad

    assert (bad.line, bad.reason.split(":")[0]) == (7, "class")


def test_dat_1_two_schools_in_one_export_are_pointed_at():
    data = changed(V11, "users.csv", ("u1,,,true,s1", "u1,,,true,s2"))

    assert [note.text for note in parse(data).notes] == [
        "pupils of 2 schools, is one school meant?"
    ]


@pytest.mark.parametrize("name", ["users", "classes", "enrollments"])
def test_dat_1_an_export_of_changes_only_is_refused(name):
    """DAT-1: taken for the whole roll, it would make everybody else leave."""
    data = changed(V11, "manifest.csv", (f"file.{name},bulk", f"file.{name},delta"))

    with pytest.raises(RollIncomplete, match=f"{name}.csv has changes only"):
        parse(data)


@pytest.mark.parametrize("name", ["users.csv", "classes.csv", "enrollments.csv"])
def test_dat_1_a_file_that_is_not_there_is_named(name):
    files = files_of(V11)
    del files[name]

    with pytest.raises(RollIncomplete, match=f"{name}: is not in the export"):
        parse(zipped(files))


def test_dat_1_version_1_2_needs_its_roles():
    files = files_of(V12)
    del files["roles.csv"]

    with pytest.raises(RollIncomplete, match=r"roles\.csv"):
        parse(zipped(files))


def test_dat_1_a_column_that_is_not_there_is_named():
    with pytest.raises(RollIncomplete, match="familyName"):
        parse(changed(V11, "users.csv", ("familyName", "surname")))


def test_dat_1_a_school_without_pupils_is_refused():
    files = files_of(V11)
    files["users.csv"] = files["users.csv"].splitlines()[0] + "\n"

    with pytest.raises(RollEmpty):
        parse(zipped(files))


# -------------------------------------------------------------------- unsafe zips


def test_dat_1_a_zip_with_one_csv_is_that_csv():
    text = (EXAMPLES / "arbor.csv").read_text("utf-8")

    assert parse(zipped({"roll.csv": text})) == parse(EXAMPLES / "arbor.csv")


def test_dat_1_what_a_mac_adds_to_a_zip_is_not_looked_at():
    files = files_of(V11) | {"__MACOSX/out/users.csv": "x", "read me.txt": "x"}

    assert parse(zipped(files)) == parse(V11)


def test_dat_1_a_zip_with_two_strange_files_is_refused():
    with pytest.raises(RollIncomplete):
        parse(zipped({"a.csv": "x", "b.csv": "y"}))


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:\\users.csv"]
)
def test_sec_3_a_zip_that_points_outside_is_refused(name, tmp_path):
    """SEC-3: nothing is written anywhere, whatever the name."""
    with pytest.raises(RollArchiveUnsafe, match="outside"):
        parse(zipped({name: "x"}))


def test_sec_3_a_link_in_a_zip_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(RollArchiveUnsafe, match="link"):
        parse(out.getvalue())


def test_sec_3_a_zip_that_swells_is_stopped_while_it_swells():
    """SEC-3: 60 MB of zeros are 60 kB of zip."""
    bomb = zipped({"users.csv": "0" * 60_000_000})
    assert len(bomb) < 100_000

    with pytest.raises(RollTooLarge):
        parse(bomb)


def test_sec_3_many_files_that_swell_together_are_stopped_too():
    files = {f"f{n}.csv": "0" * 4_900_000 for n in range(6)}

    with pytest.raises(RollTooLarge):
        parse(zipped(files))


def test_sec_3_a_zip_of_too_many_files_is_refused():
    with pytest.raises(RollTooLarge, match="100 files"):
        parse(zipped({f"{n}.csv": "" for n in range(101)}))


def test_sec_3_a_zip_with_a_file_twice_is_refused():
    with pytest.raises(RollArchiveUnsafe, match="twice"):
        parse(zipped({"a/users.csv": "x", "b/users.csv": "y"}))


def test_sec_3_a_workbook_named_zip_is_refused():
    with pytest.raises(RollArchiveUnsafe, match="workbook"):
        parse(zipped({"[Content_Types].xml": "<x/>"}), "roll.zip")


def test_sec_3_a_locked_zip_is_refused():
    data = bytearray(zipped(files_of(V11)))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1

    with pytest.raises(RollArchiveUnsafe, match="password"):
        parse(bytes(data))


def test_sec_3_a_damaged_zip_never_breaks_the_reader():
    """SEC-3: a few bytes changed or the end cut off, 300 times, always the same."""
    chance = random.Random(7)
    sound = zipped(files_of(V12))
    for _ in range(300):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(4, len(data)) :]
        try:
            parse(bytes(data))
        except RollError:
            continue


def test_dat_1_other_things_in_a_folder_are_not_looked_at(tmp_path):
    for name, text in files_of(V11).items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "old.csv").mkdir()
    (tmp_path / "photo.png").write_bytes(b"x" * 6_000_000)

    assert parse(tmp_path) == parse(V11)


def test_dat_1_a_folder_of_too_many_files_is_refused(tmp_path):
    for number in range(101):
        (tmp_path / f"{number}.csv").touch()

    with pytest.raises(RollTooLarge):
        parse(tmp_path)
