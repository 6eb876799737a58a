"""Software, data and networks."""

FAMILIES = """
code coding programming program implement function feature script refactor developer module class
test tests testing unit automated qa regression coverage suite case bug defect
debug debugging bug defect fix fault crash trace reproduce root
review code-review peer pull feedback readability maintainability
version git branch merge commit repository source-control
deploy deployment release pipeline build ci cd rollback devops continuous delivery
database query sql schema table index migration backup data-model
data pipeline etl warehouse ingest transform lake batch
data-quality cleansing missing outlier clean validation
visualise visualize visualization dashboard chart graph plot report storytelling
statistics statistical regression hypothesis experiment significance sample inference
machine learning model train prediction classifier feature algorithm
architecture architect component interface microservice scalability design pattern system
api endpoint rest integration interface service contract
frontend front-end html css layout browser responsive page web javascript
accessibility usability ux user wireframe prototype interface persona
security vulnerability threat attack patch encryption firewall penetration phishing exploit
identity access authentication password account permission privilege login credential provisioning
monitor monitoring alert log incident on-call uptime observability outage
incident postmortem triage response severity escalation containment forensic
performance latency tuning bottleneck load cache profiling capacity
cloud server host infrastructure virtual container provisioning environment
network router switch cable wireless firewall topology bandwidth connectivity vlan lan
hardware desktop laptop printer peripheral workstation imaging replace
ticket helpdesk service-desk user support request queue remote
software install installation update patch upgrade configure configuration licence license
backup restore recovery disaster continuity replication
knowledge-base article documentation wiki guide readme how-to runbook
requirement story acceptance criteria scope stakeholder backlog priority specification
agile sprint scrum iteration standup retrospective backlog estimate velocity
technical-debt refactor legacy modernise modernize
vendor licence license procurement contract asset lifecycle
compliance governance privacy gdpr audit policy standard
"""
