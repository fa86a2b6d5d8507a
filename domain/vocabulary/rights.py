"""Coded lists about people's rights over the record, its keeping, and who read it."""

from domain.vocabulary.coded import CodedList


class HoldReason(CodedList, source="Landlord retention practice; Inquiries Act 2005"):
    """Why records must be kept whatever the schedule says."""

    REVIEW = "review", "Review"
    LITIGATION = "litigation", "Litigation"
    IICSA = "iicsa", "Independent Inquiry into Child Sexual Abuse"


class RedactionGround(CodedList, source="Data Protection Act 2018, Schedules 2 to 4"):
    """Why a part of the record was withheld from the person who asked for it."""

    THIRD_PARTY = "third-party", "About someone else"
    LEGAL_PRIVILEGE = "legal-privilege", "Legal professional privilege"
    SERIOUS_HARM = "serious-harm", "Serious harm to the person or another"
    CHILD_ABUSE_DATA = "child-abuse-data", "Child abuse data not in the child's interests"
    CRIME = "crime", "Prevention or detection of crime"
    CONFIDENTIAL_REFERENCE = "confidential-reference", "Confidential reference"
    REGULATORY_FUNCTION = "regulatory-function", "Function of a regulator"
    COURT = "court", "Held for a court, or barred by one"
    OUT_OF_SCOPE = "out-of-scope", "Not about the person who asked"


class ErasureReason(CodedList, source="UK GDPR Articles 5 and 17"):
    """The reason in law for which content is destroyed."""

    RETENTION_ENDED = "retention-ended", "Retention period ended"
    OBJECTION_UPHELD = "objection-upheld", "Objection upheld"
    CONSENT_WITHDRAWN = "consent-withdrawn", "Consent withdrawn and nothing else to rest on"
    UNLAWFUL_PROCESSING = "unlawful-processing", "Held unlawfully"
    LEGAL_OBLIGATION = "legal-obligation", "Legal obligation to erase"
    COURT_ORDER = "court-order", "Order of a court or the Information Commissioner"
    WRONG_RECORD = "wrong-record", "Entered in the wrong record"


class RecordPart(CodedList, source="Case Timeline"):
    """Which part of the record was read or left the system."""

    WHOLE = "whole", "All of it"
    SUMMARY = "summary", "Summary"
    TIMELINE = "timeline", "Timeline"
    PEOPLE = "people", "People and relationships"
    RISK = "risk", "Risk"
    REFERRALS = "referrals", "Referrals and feedback"
    PLAN = "plan", "Decisions and actions"
    CHRONOLOGY = "chronology", "Chronology for a review"
    EVIDENCE = "evidence", "Documents"
    REPORT = "report", "Report or statistics"
    ACCESS_LOG = "access-log", "Who read or exported what"


class AccessPurpose(CodedList, source="Case Timeline; UK GDPR Article 5: purpose limitation"):
    """What a record was read or exported for."""

    CASE_WORK = "case-work", "Work on the case"
    MANAGEMENT_OVERSIGHT = "management-oversight", "Management oversight"
    SHARING = "sharing", "Sharing with a partner agency"
    REVIEW = "review", "Review"
    SUBJECT_ACCESS = "subject-access", "Subject access request"
    LEGAL = "legal", "Court or tribunal"
    REPORTING = "reporting", "Reporting and benchmarking"
    AUDIT = "audit", "Audit"
    SYSTEM = "system", "Working of the system"
    EMERGENCY = "emergency", "Emergency"


class ExportFormat(CodedList, source="Case Timeline"):
    """In which format records left the system."""

    PDF = "pdf", "PDF"
    HTML = "html", "Web page"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
    NDJSON = "ndjson", "Newline-delimited JSON"
    SVG = "svg", "SVG drawing"
    SPREADSHEET = "spreadsheet", "Spreadsheet"
    DOCUMENT = "document", "Word-processor document"
