"""`holdfast copy`: lists what has to be decided without its words, and writes nothing until it is."""

from django.contrib.auth.models import User
from tests.casefile.writing import ask
from tests.casefile.writing import new_case
from tests.site.running import holdfast
from tests.site.running import told

from holdfast.access.staff import StaffMember
from holdfast.casefile.reading import read_case
from holdfast.casefile.store import close


def test_nothing_leaves_until_all_is_decided_and_somebody_else_looked(database, small_pack, tmp_path_factory):
    for staff in ("SUP1", "SUP2"):
        user = User.objects.create(username=staff.lower())
        StaffMember.objects.create(user=user, role="supervisor", staff=staff, agency="police")
    case = new_case()
    ask(case, "Ring me on 07700 900118?")
    code, length = read_case(case).code, read_case(case).length
    close()
    to = tmp_path_factory.mktemp("to")
    words = ("copy", code, "--for", "survivor", "--staff", "SUP1", "--to", str(to), "--json")
    same = holdfast(*words, "--looked-over-by", "SUP1", data=database.parent)
    assert (same.returncode, "somebody else" in same.stderr) == (2, True)
    words = (*words, "--looked-over-by", "SUP2")
    answer = holdfast(*words, data=database.parent)
    assert answer.returncode == 1
    assert "07700" not in answer.stdout + answer.stderr
    assert (list(to.iterdir()), read_case(case).length) == ([], length)
    ids = [one["id"] for one in told(answer)["to_decide"]]
    close()
    done = told(holdfast(*words, *(word for one in ids for word in ("--leave", one)), data=database.parent))
    assert sorted(each.name for each in to.iterdir()) == ["record.html", "record.json"]
    assert all("07700" not in each.read_text() and each.stat().st_mode & 0o077 == 0 for each in to.iterdir())
    assert done["entries"] == 2
    assert read_case(case).entries[-1].kind == "FileCopyGiven"
