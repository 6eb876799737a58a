"""Concerns of every workplace: safety, records, customers, training, money, equipment and the like."""

FAMILIES = """
safety safe unsafe hazard hazardous danger dangerous risk injury injure accident incident prevent
  prevention protective ppe glove goggle helmet vest hurt harm osha spill slip trip ergonomic wellbeing
emergency emergencies evacuation evacuate drill alarm outage disaster crisis contingency continuity rescue
  aid cpr resuscitation respond response responder urgent critical severe
inspect inspection check checklist audit quality assurance defect reject nonconformance conformance
  tolerance specification acceptance compliance adherence flaw discrepancy
verify verification validate validation confirm accuracy accurate correct correctness error mistake
  cross-check double-check proofread match mismatch reconcile discrepancy typo duplicate
document documentation record log register form paperwork file note chart recordkeeping logbook minutes
  report entry certificate traceability archive
archive file filing folder retrieval retention storage index label scan digitise digitize shred
data entry type typing keyboard key keystroke input capture transcribe database field spreadsheet
report reporting statistic figure dashboard chart graph present presentation trend metric kpi analytics
  indicator summary compile monthly quarterly forecast benchmark measure
performance benchmark target goal productivity output efficiency throughput metric standard appraisal
  turnaround measurable expectation objective
customer client guest patron consumer buyer shopper visitor account homeowner public user member
  satisfaction loyalty experience hospitality relationship rapport
greet greeting welcome courteous polite friendly smile reception front counter desk lobby host visitor
  check-in
inquiry enquiry question query ask answer respond reply call caller telephone phone hotline chat request
  information helpdesk
complaint complain dissatisfied dissatisfaction upset angry grievance dispute escalate escalation resolve
  resolution remedy compensate recovery refund calm objection claim conflict
need listen listening interview assess consult consultation advise advice recommend recommendation suggest
  suggestion tailor match preference
correspondence email mail letter memo written write writing compose draft message newsletter announcement
  wording response
communicate communication message convey explain inform notify update briefing brief handover handoff
  relay conversation discussion talk verbal
coordinate coordination liaise liaison collaborate collaboration cross-functional interdepartmental
  department partner alignment joint interdisciplinary multidisciplinary team-wide stakeholder cooperation
team teamwork colleague coworker crew collaborative cooperate cooperation help assist morale
train training trainee onboarding onboard orientation induction coach coaching teach instruct instruction
  mentor mentoring mentorship apprentice apprenticeship novice newcomer intern junior less-experienced
  peer preceptor tutor shadow buddy curriculum competency workshop education develop development learning
  certification skill guide upskill succession
supervise supervision supervisor delegate lead leader leadership foreman crew subordinate direct oversee
  assign task motivate workload manpower
staff staffing workforce personnel headcount hire hiring recruit recruitment turnover retention labor
  labour roster shift rota manpower
performance appraisal appraise evaluate evaluation feedback review goal improvement disciplinary
  discipline conversation underperformance
schedule scheduling calendar appointment booking book slot timetable roster rota diary agenda reschedule
  sequence deadline time timing shift plan
deadline timeline timely delay backlog turnaround priority prioritise prioritize urgent workload multitask
  queue follow-up milestone
workflow progress status track tracking monitor pipeline follow lifecycle bottleneck throughput processing
improve improvement continuous lean kaizen sigma streamline innovation redesign optimise optimize
  efficiency root-cause gap waste bottleneck change
procedure process protocol workflow standardise standardize sop guideline manual template method
policy policies governance framework standards organizational organisational rule guideline define
  establish
strategy strategic vision roadmap direction long-term goal growth enterprise mission priority
  transformation
compliance comply regulation regulatory regulator law legal legislation statute statutory rule code
  requirement audit accreditation licence license permit authority inspector violation breach
privacy private confidential confidentiality hipaa gdpr secret sensitive discretion disclosure consent
ethics ethical integrity honest honesty values conduct culture dependable dependability professionalism
  respect role-model accountability trust inclusion diversity equity attitude punctual punctuality
  attendance reliability
technology software system application platform tool digital erp crm adoption implementation rollout
  upgrade migration automation automate vendor computer solution transition champion electronic online
computer desktop laptop printer hardware peripheral device network login password workstation
office suite word-processing spreadsheet spreadsheets slides template email calendar
equipment machine machinery apparatus device instrument tool operate operation operator control setup
  start-up startup shutdown calibrate
maintenance maintain preventive predictive preventative upkeep service servicing lubricate clean repair
  fix breakdown downtime reliability lifespan replace wear asset
troubleshoot troubleshooting diagnose diagnosis diagnostic fault malfunction failure breakdown jam symptom
  root cause intermittent isolate
tool tools hand power handheld drill saw hammer wrench screwdriver ladder store storage tidy
housekeeping tidy sweep clean clear clutter debris cleanup walkway orderly organised organized 5s
hygiene sanitation sanitise sanitize disinfect wash handwashing sterile contamination clean cleanliness
  germ infection
stock inventory supply supplies stockroom storeroom warehouse availability replenish restock reorder
  shortage count stocktake par level stockout bin shelf expiry usage merchandise
purchase purchasing procure procurement buy buyer vendor supplier wholesaler sourcing source tender bid
  contract requisition order negotiate rate quote
vendor supplier contractor subcontractor partner relationship contract outsource third-party service-level
price pricing charge cost rate fee quote quotation estimate estimating bid tender bidding margin discount
  calculate compute total sum tax
bill billing invoice invoicing payment pay receipt charge collect reimbursement statement balance
budget budgeting spend spending expense expenditure cost fund funding finance financial fiscal forecast
  profit profitability revenue margin capital investment roi business-case
cash till register drawer coin change tender card transaction deposit float
project milestone scope deliverable timeline phase stakeholder initiative implementation rollout
  coordinate portfolio program
problem problem-solving critical thinking judgment decision decide analyse analyze solution complex
  non-routine exception
negotiate negotiation bargain agree terms persuade contract agreement settle mediation
sell sale sales selling prospect lead upsell cross-sell quota deal close pitch revenue conversion
market marketing campaign promotion promote advertise advertising brand branding audience social outreach
community outreach partnership partner agency public neighborhood neighbourhood local engagement volunteer
  represent association council advocacy
research study literature evidence evidence-based investigate survey source publish findings
design layout plan draw sketch model prototype concept
drawing blueprint plan schematic diagram print sketch symbol drawings as-built cad one-line ladder
  isometric detail read interpret
measure measurement gauge meter reading caliper tape calibrate precision dimension tolerance level square
test testing commission commissioning continuity trial acceptance verify reading certificate energize
install installation mount fit fasten connect hook-up assemble assembly setup place set attach
material materials list takeoff quantity procurement fittings lumber delivery supplies order estimate
  wastage
load unload lift carry move pallet cargo freight stack handle strap secure haul forklift hoist
waste recycle recycling disposal dispose scrap environment environmental sustainable sustainability energy
  emission compost green
security secure access lock key badge theft loss intruder surveillance threat
translate language bilingual interpreter multilingual cultural culture diverse diversity
event meeting conference agenda minutes travel itinerary venue catering workshop
intake obtain collect gather complete completeness incomplete details name address demographic form
  register enter lifecycle
"""
