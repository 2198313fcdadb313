"""Settings are remembered, and a damaged file is no obstacle."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.config import Settings, load_settings, save_settings


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings("nord", 96, 33)
    save_settings(tmp_path / "new" / "folder", settings)
    assert load_settings(tmp_path / "new" / "folder") == settings
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["settings.json"]


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', "\x00\xff", "[" * 100_000])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content, encoding="utf-8")
    assert load_settings(tmp_path) == Settings()


def test_only_what_makes_no_sense_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": 7, "text_width": 9999, "sidebar_width": 30, "more": 1}')
    assert load_settings(tmp_path) == Settings(sidebar_width=30)


@given(
    st.dictionaries(
        st.sampled_from(["theme", "text_width", "sidebar_width"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())),
    )
)
def test_any_value_gives_usable_settings(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    import json

    folder = tmp_path_factory.mktemp("settings")
    (folder / "settings.json").write_text(json.dumps(values), encoding="utf-8")
    settings = load_settings(folder)
    assert isinstance(settings.theme, str)
    assert 40 <= settings.text_width <= 200
    assert settings.sidebar_width == 0 or 20 <= settings.sidebar_width <= 80


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(tmp_path, Settings(text_width=60))

    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("reinvent_tui.config.json.dump", refuse)
    with pytest.raises(OSError, match="disk full"):
        save_settings(tmp_path, Settings(text_width=100))
    assert load_settings(tmp_path).text_width == 60
    assert len(list(tmp_path.iterdir())) == 1
