"""A build of the compiled rules belongs to the files it was made of; without one the plain files are read."""

from peacetracker.newsroom.extraction import compiled


def test_a_build_belongs_to_the_files_it_was_made_of(tmp_path, monkeypatch):
    (tmp_path / "status.py").write_text("NEAR = 4\n")
    monkeypatch.setattr(compiled, "HERE", tmp_path)
    before = compiled.folder()
    (tmp_path / "__init__.py").write_text("")
    assert compiled.folder() == before
    (tmp_path / "status.py").write_text("NEAR = 5\n")
    assert compiled.folder() != before


def test_without_a_build_the_plain_files_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "BUILDS", tmp_path)
    path = ["here"]
    assert not compiled.prefer(path)
    assert path == ["here"]
