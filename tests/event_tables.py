"""Tables as Greenhouse and Lever name their columns, with people of our own making."""

import gzip
import io
import zipfile

GREENHOUSE = {
    "applications.csv": (
        "id,candidate_id,applied_at,status,rejected_at,rejection_reason_id,source_id\n"
        "11,1,2026-01-05 09:00:00.000,rejected,2026-01-09 16:00:00.000,7,3\n"
        "12,2,2026-01-06 10:00:00.000,hired,,,\n"
        "13,3,2026-01-07 10:00:00.000,active,,,\n"
    ),
    "application_stages.csv": (
        "application_id,stage_id,stage_name,entered_on,exited_on\n"
        "11,1,Application Review,2026-01-05 09:00:00.000,2026-01-07 09:00:00.000\n"
        "11,2,Phone Interview,2026-01-07 09:00:00.000,2026-01-09 16:00:00.000\n"
        "11,3,Face to Face,,\n"
        "12,1,Application Review,2026-01-06 10:00:00.000,2026-01-08 10:00:00.000\n"
        "12,3,Face to Face,2026-01-08 10:00:00.000,2026-01-20 10:00:00.000\n"
        "12,4,Offer,2026-01-20 10:00:00.000,2026-01-25 10:00:00.000\n"
        "13,9,Tea with the team,2026-01-08 10:00:00.000,\n"
    ),
    "scorecards.csv": (
        "id,application_id,interview_name,submitter,submitted_at,overall_recommendation\n"
        "5,12,Systems,Kim,2026-01-10 12:00:00.000,strong_yes\n"
    ),
    "offers.csv": "id,application_id,status,sent_at,resolved_at\n8,12,accepted,2026-01-21,2026-01-25\n",
    "candidates.csv": "id,first_name,last_name\n1,Amina,Yusuf\n2,Jo,Park\n3,Łukasz,Zając\n",
    "candidate_email_addresses.csv": "candidate_id,email_address\n1,amina@example.org\n2,jo@example.org\n",
    "rejection_reasons.csv": "id,name\n7,Lacking skill(s)/qualification(s)\n",
    "applications_jobs.csv": "application_id,job_id\n11,100\n12,100\n13,100\n",
    "jobs.csv": "id,name\n100,Order clerk\n",
    "sources.csv": "id,name\n3,Referral\n",
}
LEVER = {
    "opportunity.csv": (
        "id,name,contact,origin,created_at,archived_at,archived_reason_id,stage_id\n"
        "o1,Amina Yusuf,c1,referred,2026-01-05T09:00:00Z,2026-01-20T09:00:00Z,r1,s3\n"
        "o2,Jo Park,c2,applied,2026-01-06T09:00:00Z,2026-01-12T09:00:00Z,r2,s2\n"
        "o3,Łukasz Zając,c3,sourced,1767690000000,,,s2\n"
    ),
    "opportunity_stage_history.csv": (
        "opportunity_id,stage_id,updated_at,to_stage_index,updater_id\n"
        "o1,s1,2026-01-05T09:00:00Z,0,u1\n"
        "o1,s2,2026-01-07T09:00:00Z,1,u1\n"
        "o1,s3,2026-01-15T09:00:00Z,2,u1\n"
        "o2,s2,2026-01-08T09:00:00Z,1,u1\n"
        "o3,s2,2026-01-09T09:00:00Z,1,u1\n"
    ),
    "stage.csv": "id,text\ns1,New applicant\ns2,Phone interview\ns3,Offer\n",
    "archive_reason.csv": "id,text\nr1,Hired\nr2,Underqualified\n",
    "contact_email.csv": "contact_id,email\nc1,amina@example.org\n",
    "user.csv": "id,name\nu1,Rita\n",
    "feedback_form.csv": (
        "id,opportunity_id,text,completed_at,user_id\nf1,o1,Phone screen,2026-01-08T09:00:00Z,u1\n"
    ),
    "offer.csv": "id,opportunity_id,status,created_at\nx1,o1,signed,2026-01-16T09:00:00Z\n",
    "posting.csv": "id,text\np1,Order clerk\n",
    "application.csv": (
        "id,opportunity_id,posting_id,type\na1,o1,p1,posting\na2,o2,p1,posting\na3,o3,p1,user\n"
    ),
}


def zip_of(tables: dict[str, str | bytes]) -> bytes:
    """These files as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return out.getvalue()


def swollen(ending: str) -> bytes:
    """A list that is 201 MB long once it is unpacked."""
    packed, block = io.BytesIO(), b"," * 2**20
    if ending == "zip":
        with (
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
            archive.open("a.csv", "w") as file,
        ):
            file.writelines(block for _ in range(201))
    else:
        with gzip.GzipFile(fileobj=packed, mode="w", compresslevel=9) as file:
            file.writelines(block for _ in range(201))
    return packed.getvalue()
