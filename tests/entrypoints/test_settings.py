import stat
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from entrypoints.mail import mail_of
from entrypoints.secret_keys import FILE, secret_keys
from entrypoints.settings import BadSetting, Settings, load_settings
from tests.stand_ins import FixedClock


def loaded(**variables: str) -> Settings:
    return load_settings({f"ATTAIN_{name.upper()}": value for name, value in variables.items()})


def refusal(**variables: str) -> str:
    with pytest.raises(BadSetting) as caught:
        loaded(**variables)
    return str(caught.value)


class TestEnvironment:
    def test_nothing_set_is_a_server_on_this_machine(self) -> None:
        settings = load_settings({"PATH": "/usr/bin"})

        assert settings == Settings()
        assert settings.database == f"sqlite:///{settings.data_path / 'attain.db'}"

    def test_an_unknown_variable_is_named_with_those_there_are(self) -> None:
        said = refusal(datadir="/srv")

        assert said.startswith("ATTAIN_DATADIR is not a setting.")
        assert ("ATTAIN_DATA_DIR" in said, "FOR_LMS" in said) == (True, False)

    @pytest.mark.parametrize("name", ["ATTAIN_TEST_POSTGRES_URL", "ATTAIN_REQUIRE"])
    def test_those_of_the_tests_are_left_alone(self, name: str) -> None:
        assert load_settings({name: "x"}) == Settings()

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("launch_max_age_minutes", "soon"),
            ("launch_max_age_minutes", "0"),
            ("launch_max_ahead_minutes", "-1"),
            ("job_concurrency", "65"),
            ("job_poll_seconds", "0"),
            ("base_url", "attain.college.edu"),
            ("base_url", "ftp://attain.college.edu"),
            ("base_url", "https://"),
            ("base_url", "https://attain.college.edu/?x=1"),
            ("database_url", "mysql://somewhere/db"),
            ("trusted_proxies", "the proxy"),
            ("trusted_proxies", "10.0.0.0/33"),
            ("files_url", "/srv/files"),
            ("files_url", "https://bucket"),
            ("clamd", "localhost"),
            ("evidence_max_mb", "0"),
            ("evidence_keep_days", "never"),
            ("smtp_url", "mail.edu"),
            ("smtp_url", "smtp://mail.edu?tls=maybe"),
        ],
    )
    def test_a_bad_value_is_refused_with_its_variable(self, name: str, value: str) -> None:
        assert f"ATTAIN_{name.upper()}" in refusal(**{name: value})

    def test_a_refusal_never_shows_a_password(self) -> None:
        assert "hunter2" not in refusal(database_url="mysql://attain:hunter2@somewhere/db")

    def test_neither_does_one_of_the_mail_server(self) -> None:
        assert "hunter2" not in refusal(smtp_url="smtp://attain:hunter2@mail.edu:port")

    @pytest.mark.parametrize("sender", ["", "attain", "a@b\nBcc: c@d", "Attain <a@b>"])
    def test_mail_needs_a_sender(self, sender: str) -> None:
        said = refusal(smtp_url="smtps://u:hunter2@mail.edu", mail_from=sender)

        assert "ATTAIN_MAIL_FROM" in said
        assert "hunter2" not in said

    def test_mail_is_off_unless_a_server_is_named(self) -> None:
        on = loaded(smtp_url="smtps://mail.edu", mail_from="attain@college.edu")

        assert mail_of(on, FixedClock()).is_set_up
        assert not mail_of(Settings(), FixedClock()).is_set_up

    def test_numbers_become_numbers(self) -> None:
        settings = loaded(launch_max_age_minutes="90", job_poll_seconds="0.5")

        assert settings.launch_max_age.total_seconds() == 90 * 60
        assert settings.job_poll_seconds == pytest.approx(0.5)

    def test_those_of_the_lms_adapter_go_to_it_unread(self) -> None:
        settings = loaded(canvas_allow_private="yes", canvas_timeout="5")

        assert settings.for_lms == {"allow_private": "yes", "timeout": "5"}

    @pytest.mark.parametrize("end", ["", "/", "//"])
    def test_the_callback_is_below_the_base_url(self, end: str) -> None:
        callback = loaded(base_url=f"https://attain.test/slo{end}").canvas_callback

        assert callback == "https://attain.test/slo/integrations/canvas/callback"

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("HTTPS://Attain.College.EDU", "https://attain.college.edu"),
            ("https://attain.test:443/", "https://attain.test"),
            ("http://attain.test:80", "http://attain.test"),
            ("https://attain.test:8443", "https://attain.test:8443"),
            ("https://attain.test/SLO/", "https://attain.test/SLO"),
            ("http://[::1]:8400", "http://[::1]:8400"),
        ],
    )
    def test_a_base_url_is_written_as_browsers_write_an_origin(
        self, typed: str, meant: str
    ) -> None:
        """Browsers say where a form came from in this form, and cookies go by the scheme."""
        assert loaded(base_url=typed).base_url == meant

    @pytest.mark.parametrize("port", ["70000", "x"])
    def test_a_base_url_with_an_impossible_port_is_refused(self, port: str) -> None:
        assert "ATTAIN_BASE_URL" in refusal(base_url=f"https://attain.test:{port}")


class TestDatabase:
    def test_of_sqlite_is_a_file(self, tmp_path: Path) -> None:
        assert loaded(data_dir=str(tmp_path)).sqlite_file == tmp_path / "attain.db"

    def test_of_a_server_is_none(self) -> None:
        assert loaded(database_url="postgresql://db/attain").sqlite_file is None


class TestProxies:
    def test_are_addresses_and_networks(self) -> None:
        settings = loaded(trusted_proxies=" 10.0.0.7, 192.168.1.9/24 ,,2001:db8::/32")

        assert settings.proxies == (
            ip_network("10.0.0.7/32"),
            ip_network("192.168.1.0/24"),
            ip_network("2001:db8::/32"),
        )

    def test_nobody_is_trusted_unless_named(self) -> None:
        assert Settings().proxies == ()


class TestFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "attain.toml"
        file.write_text('base_url = "https://attain.test"\njob_concurrency = 8\n')
        return file

    def test_holds_the_same_settings(self, file: Path) -> None:
        settings = load_settings({"ATTAIN_CONFIG": str(file)})

        assert (settings.base_url, settings.job_concurrency) == ("https://attain.test", 8)

    def test_the_environment_goes_first(self, file: Path) -> None:
        given = {"ATTAIN_CONFIG": str(file), "ATTAIN_JOB_CONCURRENCY": "2"}

        assert load_settings(given).job_concurrency == 2

    @pytest.mark.parametrize(
        ("content", "named"),
        [
            ("colour = 1", "ATTAIN_COLOUR"),
            ("job_concurrency = 'many'", "ATTAIN_JOB_CONCURRENCY"),
            ("base_url = 7", "ATTAIN_BASE_URL"),
            ("base_url =", "not valid TOML"),
        ],
    )
    def test_is_checked_alike(self, file: Path, content: str, named: str) -> None:
        file.write_text(content)

        with pytest.raises(BadSetting, match=named):
            load_settings({"ATTAIN_CONFIG": str(file)})

    def test_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        missing = tmp_path / "missing.toml"

        with pytest.raises(BadSetting, match=r"missing\.toml, which cannot be read"):
            load_settings({"ATTAIN_CONFIG": str(missing)})


class TestSecretKeys:
    def settings(self, tmp_path: Path, **changes: Any) -> Settings:
        return Settings(data_dir=str(tmp_path / "data"), **changes)

    def test_are_made_once_in_a_file_for_its_owner_alone(self, tmp_path: Path) -> None:
        settings = self.settings(tmp_path)

        first, again = secret_keys(settings), secret_keys(settings)

        file = settings.data_path / FILE
        assert first == again
        assert [len(key) >= 32 for key in first] == [True]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_of_the_setting_leave_no_file(self, tmp_path: Path) -> None:
        settings = self.settings(tmp_path, secret_keys=f"{'a' * 40}, {'b' * 40}")

        assert secret_keys(settings) == ["a" * 40, "b" * 40]
        assert not settings.data_path.exists()

    def test_that_are_short_are_refused_unshown(self, tmp_path: Path) -> None:
        settings = self.settings(tmp_path, secret_keys=f"{'a' * 40},too-short")

        with pytest.raises(BadSetting, match="a key of 9 characters") as caught:
            secret_keys(settings)
        assert "too-short" not in str(caught.value)

    def test_a_folder_that_cannot_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file stands here")

        with pytest.raises(BadSetting, match="ATTAIN_DATA_DIR"):
            secret_keys(self.settings(tmp_path))

    def test_an_empty_file_is_no_key(self, tmp_path: Path) -> None:
        settings = self.settings(tmp_path)
        settings.data_path.mkdir()
        (settings.data_path / FILE).write_text("\n")

        with pytest.raises(BadSetting, match="holds no key"):
            secret_keys(settings)
