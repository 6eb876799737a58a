"""Which passwords are refused: short ones, the commonest, and those that follow from the person's name."""

import re
from itertools import pairwise

from tracker.domain.rules import RuleBroken

SHORTEST = 10
LONGEST = 200
FEWEST_CHARACTERS = 4
SHORTEST_WALK = 3

# What people choose most, without the digits and signs they hang on to reach a length.
_COMMON_WORDS = """
    abc abcd abcde admin administrator adminadmin asdf asdfgh asdfghjkl basketball baseball changeme charlie
    computer dragon football freedom guest hello helloworld iloveyou internet letmein login loveyou master
    monkey mustang mypassword newpassword nopassword pass passpass passphrase password passwordpassword
    princess qazwsx qazwsxedc qwer qwert qwerty qwertyqwerty qwertyuiop recruiter recruitment root secret
    shadow summer autumn winter spring sunshine superman temp temporary test testtest testing tracker user
    welcome welcomewelcome whatever zxcvbn zxcvbnm
"""
# Names of people and places that are long enough with a digit or two.
_COMMON_NAMES = """
    alejandro alessandro alexander alexandra alexandre andrea andrew angela anthony antonio barbara benjamin
    brandon catherine charlotte christian christina christine christopher daniel danielle david elizabeth
    fernando francesco francisco gabriel gabriela giovanni gregory jasmine jennifer jessica jonathan joseph
    katherine kimberly lauren matthew melissa michael michelle mohammed nathaniel nicholas nicole patricia
    patrick rebecca robert samantha sebastian stephanie stephen thomas valentina vanessa veronica victoria
    william barcelona california chelsea chicago chocolate dortmund florida juventus liverpool manchester
    metallica newcastle newyork pokemon rangers starwars
"""
_COMMON = frozenset((_COMMON_WORDS + _COMMON_NAMES).split())
_KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./")
_PLACES = {key: (row, place) for row, keys in enumerate(_KEYBOARD) for place, key in enumerate(keys)}
_WALKS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "1q2w3e4r5t6y7u8i9o0p",
)
_LETTERS_BEHIND_SIGNS = str.maketrans("013457@$!", "oieastasi")


def check_password(password: str, *, email: str, name: str) -> None:
    """Refuse a password that would be guessed early. Raises RuleBroken at the field `password`."""
    if len(password) < SHORTEST:
        raise RuleBroken(f"Use at least {SHORTEST} characters.", field="password")
    if len(password) > LONGEST:
        raise RuleBroken(f"Use at most {LONGEST} characters.", field="password")
    if _is_common(password.lower()) or _follows_from(password.lower(), email, name):
        raise RuleBroken(
            "This password is among the first that would be tried. Choose another, such as four words.",
            field="password",
        )


def _is_common(password: str) -> bool:
    bare = re.sub(r"[\W\d_]+$|^[\W\d_]+", "", password)
    spelled = re.sub(r"[\W\d_]+$|^[\W\d_]+", "", password.translate(_LETTERS_BEHIND_SIGNS))
    without_digits = re.sub(r"[\W\d_]+$", "", password).translate(_LETTERS_BEHIND_SIGNS)
    few = len(set(password)) < FEWEST_CHARACTERS
    walk = any(password in walk for walk in _WALKS) or _is_walk(password)
    return few or walk or not {bare, spelled, without_digits}.isdisjoint(_COMMON)


def _is_walk(password: str) -> bool:
    """Whether it is made of walks over neighbouring keys, three at least each: qwertasdfg, 1qaz2wsx."""
    runs = [1]
    for here, there in pairwise(password):
        if _are_neighbours(here, there):
            runs[-1] += 1
        else:
            runs.append(1)
    return min(runs) >= SHORTEST_WALK


def _are_neighbours(here: str, there: str) -> bool:
    if here not in _PLACES or there not in _PLACES:
        return False
    (row, place), (other_row, other_place) = _PLACES[here], _PLACES[there]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1


def _follows_from(password: str, email: str, name: str) -> bool:
    bare = re.sub(r"[\W\d_]+$", "", password)
    own = {
        email.lower(),
        email.lower().partition("@")[0],
        *name.lower().split(),
        name.lower().replace(" ", ""),
    }
    return password == email.lower() or (bool(bare) and bare in own)
