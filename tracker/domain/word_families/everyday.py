"""What comes up in many occupations, from prices to complaints, and the plain trades."""

FAMILIES = """
charge cost price billing bill invoice payment fee total tax reconcile compute calculation
budget spend expense cost funding finance financial fiscal expenditure
price pricing margin profit costing revenue
inspect audit quality compliance adherence inspection check defect nonconformance
verify accuracy correctness correct validate confirm verification accurate
error mistake correction rework accuracy quality
inventory stock warehouse supply storeroom availability merchandise replenish restock store stockout
  reorder
purchase procure supplier vendor procurement order buying sourcing contract
parts spare component inventory stock
complaint escalation grievance dispute dissatisfied resolve complain claim
customer client guest patron shopper account
inquiry question request call telephone phone caller answer enquiry
recommend suggest advice advise need sell upsell sale recommendation satisfaction
correspondence email letter written writing compose reply inquiry message
record document documentation chart log file archive paperwork charting recordkeeping note form register
file filing archive retention retrieve folder index
entry enter input keying data capture key
train training onboarding coach teach instruct curriculum skill tutor apprentice residency workshop
mentor coach supervise junior student newly trainee guidance preceptor apprentice novice newcomer
team leader leadership supervise supervision delegate motivate appraise
staff workforce personnel employee crew hire hiring staffing recruit recruitment talent candidate
schedule roster shift staffing rota timetable calendar appointment booking
coordinate liaise collaborate department interdepartmental coordination liaison
alignment dependency department coordinate interdepartmental
handover handoff communication briefing report
workflow progress status timeline turnaround track follow deadline delay
report reporting analytics metric statistics dashboard present trend kpi measure summary
performance benchmark target productivity metric efficiency standard goal
technology software system tool digital platform application erp automation computer
safety hazard unsafe guard lockout protective accident incident injury danger risk osha ppe
lockout isolate isolation energy tag
emergency outage crisis incident breakdown crash accident response
incident postmortem investigation
emergency resuscitation cardiac arrest code compression defibrillation
evacuation drill emergency lockdown alarm fire
clean sanitise sanitize sanitation hygiene disinfect wash sterile contamination hygienic
infection isolation contagious outbreak hygiene glove sterile disease
medication medicine drug dose dosage infusion prescription pharmacy pharmaceutical
wound dressing ulcer bandage healing
vital observation monitor deterioration symptom temperature pulse condition
patient resident client
care nursing plan treatment
family parent relative caregiver household guardian
comfort emotional dying grief counselling anxious suffering empathy compassion support
educate education teach teaching literacy leaflet instruct outreach instruction
discharge pathway readmission
lesson curriculum activity unit instruction classroom learning
assess assessment evaluate evaluation screening progress milestone developmental observation portfolio
behaviour behavior conduct discipline conflict
inclusion inclusive disability disabilities special needs adapt equal accommodation accessibility
play outdoor indoor playground supervision
story literacy reading language phonics vocabulary rhyme book
meal food snack nutrition diet menu dish recipe
menu recipe special seasonal dish
allergy allergen allergic allergies gluten nut dietary diet
cook grill roast fry boil saute sauté steam
bake bread pastry dough tart cake dessert oven
sauce soup stock seasoning gravy
cut knife chop dice peel slice trim
plate plating garnish presentation portion
waste recycle trim compost sustainability scrap environmental
temperature cooling cold hot refrigerator haccp refrigerated frozen chill thermometer
repair fix rebuild replace restore maintenance
maintenance preventive predictive lubrication upkeep reliability servicing
lubricate lubrication grease oil bearing fluid
troubleshoot diagnose fault diagnosis failure breakdown malfunction cause troubleshooting
debug defect bug fault crash
weld fabricate fabrication cut bracket metal
hydraulic pneumatic fluid pump valve hose cylinder pressure
electrical wiring circuit voltage wire conduit electricity
align alignment shaft coupling drive belt sheave
install installation commission setup assemble assembly
drawing blueprint schematic print sketch diagram cad draft
equipment machine machinery device instrument
vehicle truck fleet trailer tractor bus van car automotive lorry
drive driver driving steer braking
route routing trip itinerary navigation map dispatch
delivery deliver shipment courier transport haul haulage freight carrier
load unload cargo freight pallet lift secure lashing strap
dock docking yard bay backing reversing
pack package packaging label labelling wrap box
hours duty rest fatigue logbook
permit licence license regulation regulatory
hazardous hazmat dangerous chemical toxic placard tanker
fuel economy idling energy consumption efficiency
code coding programming feature implement function
test testing suite unit automated qa
review feedback peer critique readability
deploy deployment release build pipeline integration rollback ci delivery
database query sql schema table index migration data
security secure vulnerability threat confidentiality privacy
confidential privacy access sensitive discretion hipaa confidentiality
architecture architect component interface design scalability
requirement story stories acceptance scope stakeholder specification priority
agile sprint iteration backlog roadmap
api endpoint rest integration interface
latency tuning bottleneck optimise optimize optimisation optimization performance
network server infrastructure cloud hosting
ticket helpdesk desktop user troubleshoot support
negotiate negotiation contract agreement terms
vendor supplier contract contractor partner
policy policies governance regulation regulatory law legal statutory compliance framework
improve improvement continuous lean innovation kaizen
process procedure workflow protocol
culture value ethics ethical integrity values dependability professionalism
research evidence study studies literature
community outreach partnership agency public
market marketing campaign promotion advertise brand advertising audience
social media content channel post
sale sell selling prospect lead quota upsell
account ledger journal bookkeeping posting debit credit voucher
close closing accrual adjustment
reconcile reconciliation bank statement balance deposit outstanding
payable payables bill supplier invoice
receivable receivables credit overdue collection customer payment debtor
payroll wage salary timesheet overtime deduction hours
benefit compensation insurance pension leave
tax return filing vat deduction
asset depreciation equipment property
audit auditor control internal assurance finding
control fraud segregation approval authorisation authorization
cash till register drawer change float treasury liquidity
loan mortgage credit lending underwriting borrower
insurance claim policyholder coverage premium
invest investment portfolio asset fund
reservation booking room guest
meeting agenda minutes
event banquet function conference catering
bar drink beverage wine cocktail
serve waiter table dining seating server
display merchandising shelf showcase visual
loss theft shrinkage shoplifting
plant crop soil irrigate irrigation harvest garden planting
lawn landscape tree pruning mow turf
pest weed pesticide herbicide fertiliser fertilizer
animal livestock veterinary pet herd
forest timber logging chainsaw
sample specimen laboratory lab assay
measure measurement gauge calibrate calibration tolerance precision dimension
experiment hypothesis trial protocol
concrete masonry brick formwork mortar
paint coating finish surface sand primer
roof framing carpentry timber lumber wood joinery
floor tile drywall ceiling insulation
plumbing pipe drain fixture water sewer
heating ventilation cooling hvac refrigerant air furnace
site construction building contractor
crane rigging hoist lift scaffold ladder
excavate dig trench grade earth
search find locate retrieve
translate interpret language bilingual interpreter
forecast anticipate predict projection demand
strategy strategic vision roadmap direction
project milestone deliverable scope schedule
change adoption transition rollout implementation migrate transformation
stakeholder executive management board sponsor
present presentation speak public briefing
hair cut colour color style stylist salon
skin facial nail cosmetic beauty makeup
sport fitness exercise training workout athlete
travel tour tourist passenger visitor
passenger boarding flight cabin
guard patrol surveillance camera intruder
arrest suspect law enforcement police offender
evidence scene forensic crime
fire rescue hose extinguish firefighter
inmate custody correctional detention
court judge hearing litigation trial
legal contract clause attorney brief pleading
case client caseload casework referral
counsel counselling therapy therapeutic counsellor
refer referral community service resource agency
crisis suicide trauma violence intervention
dental tooth teeth oral
imaging scan radiograph ultrasound
surgery surgical operating theatre anaesthesia anesthesia
rehabilitation mobility therapy exercise
blood specimen phlebotomy sample draw
bathe bathing grooming toileting feeding personal
elderly resident home companion
student learner pupil class
exam grading grade test homework assignment
library catalogue catalog collection book
museum exhibit exhibition artefact
photo photograph camera lighting video footage
edit editing cut proofread manuscript copy
write writing article story content copy
design layout graphic typography visual
sound audio recording music mixing
user usability ux accessibility interface
survey interview questionnaire respondent
sew sewing garment fabric fitting pattern
print printing press ink
mould mold casting furnace foundry
machining lathe mill cnc tool turning
drill bore cut tap
assembly assemble fasten component part
line production throughput changeover manufacturing
downtime breakdown availability uptime
shift crew production supervise
housekeeping linen laundry bed room
floor mop vacuum sweep janitor
trash refuse garbage rubbish bin
mail letter postal sort parcel
sort pick packing picking order fulfilment fulfillment
forklift pallet truck reach
count cycle inventory stocktake discrepancy
return refund exchange warranty
catalogue catalog product item specification
onboarding orientation induction
schedule appointment calendar diary
travel expense itinerary booking
visitor reception front desk greet welcome
"""
