"""Prints what openstacksdk and RawConfigParser read in each case on standard input, one JSON object a line.

Runs in a folder that holds `home` and `work`; both are made anew for every case.
"""

import configparser
import json
import logging
import os
import shutil
import sys
import warnings

root = os.getcwd()
home, work = os.path.join(root, "home"), os.path.join(root, "work")
os.environ["HOME"] = home
os.makedirs(work, exist_ok=True)
os.chdir(work)
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from openstack.config import OpenStackConfig  # noqa: E402  # it looks at folder and home when it is imported

FIELDS = [
    "project_id", "project_name", "user_domain_id", "user_domain_name", "project_domain_id", "project_domain_name",
    "username", "user_id", "password", "token", "passcode", "auth_url",
]


def ini(case):
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(case["text"])
    except configparser.Error as error:
        return {"error": type(error).__name__}
    return {name: dict(parser[name]) for name in parser.sections()}


def clouds(case):
    for folder in (home, work):
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            path = os.path.join(folder, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for name, text in case["files"].items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    for name in [name for name in os.environ if name.startswith("OS_")]:
        del os.environ[name]
    os.environ.update({name: value.replace("ROOT", root) for name, value in case["env"].items()})
    try:
        reader = OpenStackConfig()
        if reader.default_cloud is None:
            return {"error": "several clouds, and none is named"}
        region = reader.get_one(validate=False, **({"region_name": case["region"]} if case["region"] else {}))
        config = reader._validate_auth(region.config, reader._get_auth_loader(region.config))
    except Exception as error:  # whatever it is: what counts is that it is one
        return {"error": type(error).__name__}
    auth = config["auth"]
    verify, _ = region.get_requests_verify_args()
    found = {name: auth.get(name) or None for name in FIELDS}
    found["scoped"] = bool(found["project_id"] or found["project_name"])
    return {**found, "region_name": config.get("region_name") or None, "verify": verify}


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(ini(case) if case["kind"] == "ini" else clouds(case)).replace(root, "ROOT"))
