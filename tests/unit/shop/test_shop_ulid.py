"""ULIDs."""

from shop.domain.ulid import new_ulid


def test_a_ulid_has_26_characters_and_is_new() -> None:
    made = {new_ulid() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(ulid) for ulid in made} == {26}


def test_a_ulid_is_greater_than_the_one_before_whatever_the_clock_says() -> None:
    future = "7ZZZZZZZZZZZZZZZZZZZZZZZZY"
    assert new_ulid(after=future) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
    last = new_ulid()
    for _ in range(1000):
        following = new_ulid(after=last)
        assert following > last
        last = following
