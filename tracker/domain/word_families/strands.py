"""Finer strands of work inside single occupations."""

FAMILIES = """
attention detail careful thorough precise precision accuracy neat
time management prioritise prioritize deadline workload organise organize self-organise
adapt adaptable flexible flexibility change resilience pressure stress calm
creative creativity idea ideas concept brainstorm original innovation innovate
decision judgment judgement prioritise tradeoff weigh option alternative
change transition transformation rollout resistance adoption communicate
knowledge-sharing lessons share share-learning community practice
conflict mediate mediation disagreement tension dispute de-escalate compromise
meeting facilitate agenda chair attend minutes action
hand-over shift change outgoing incoming briefing pass log
instruction instructions follow direction directions verbal written ask clarify
opening closing open close start end setup shutdown daily routine
physical lifting strength stamina posture ergonomic lift
key keys access alarm lock closing opening
uniform dress appearance grooming presentation professional
complaint feedback survey satisfaction review reputation rating comment
emergency shutdown spill leak fire alarm evacuate
succession talent bench leader leaders pipeline promote promotion rotation
headcount labour labor cost overtime hours peak season demand capacity
capacity demand volume peak resource allocate allocation utilisation utilization
cost saving savings reduce reduction efficiency value waste
revenue growth profit sales target margin commercial business
investment capital equipment acquisition replacement lifecycle business-case purchase
risk assess mitigation register control insurance liability exposure
accreditation certification audit standard inspection external regulator licensing renewal
benchmark best-practice industry standard comparison leader
service-level sla agreement performance review vendor provider
legislation law regulation change interpret represent authority body
board executive senior management present recommendation sponsor advise
press public represent spokesperson association industry
quality-control control chart sample run limit trend corrective
corrective preventive action capa root deviation nonconformance
label labelling labeling identify identification barcode tag mark
receive accession accept check-in intake log incoming arrival register
sort separate classify categorise categorize arrange group batch order
store storage shelf rack keep place location layout space
clean cleaning wash rinse wipe disinfect surface tool tools after use
calibrate calibration zero adjust standard reference drift verify
set-up setup adjust settings configure prepare machine job run
operate run machine controls start stop monitor
load feed hopper material supply
monitor watch observe gauge reading readings check alarm display
sharpen blade edge tool grind hone
repair replace part worn broken fix spare adjust
map mapping coordinates location gps survey terrain
field site visit trip outdoor
sample samples sampling collect test
soil concrete asphalt aggregate density moisture compaction slump strength
road pavement bridge highway traffic structure drainage culvert grade
stake staking layout elevation benchmark level transit total-station line
quantity quantities estimate takeoff material cost unit
inspect inspector construction contractor daily diary conformance plans
plan-set sheet detail revision drafting cad plot layer
permit environmental erosion stormwater wetland approval
seed plant planter sow sowing depth spacing row
spray sprayer chemical nozzle drift pesticide rate applicator
till tillage plough plow cultivate disk harrow
harvest combine header grain moisture loss bin
grain bin dry dryer storage silo elevator
hitch attach implement tractor pto coupling
precision guidance gps autosteer yield map variable-rate telemetry
irrigate pivot pump pipe water schedule
feed ration water bedding pen animal health
fence gate barn building yard repair
logo brand identity guideline style consistency mark
type typeface font typography kerning hierarchy spacing text
colour color palette swatch proof contrast profile
image photo retouch mask crop resolution stock illustration
print prepress bleed proof press printer file production
client brief feedback revision round approval present rationale
concept sketch moodboard thumbnail idea campaign direction
web digital screen responsive banner interface icon animation motion
portfolio archive asset file naming version library
tube analyzer specimen centrifuge label reject hemolysis
smear slide stain microscope cell morphology differential
culture plate colony organism susceptibility gram
crossmatch antibody antigen transfusion donor blood-bank
result results verify release delta critical value panic notify
proficiency accreditation inspection survey lab-director validation method
reagent lot stock expiry control inventory
bedside meter waived
pleading motion brief draft filing petition complaint court
docket deadline calendar hearing date reminder court
discovery production interrogatory privilege bates review request
cite-check citation bluebook authority case statute research
trial exhibit witness binder courtroom notebook jury
client intake interview witness statement facts
billing time timekeeping hours matter invoice
closing corporate entity filing minutes diligence
estate will trust probate deed title
conflict confidentiality privilege ethics unauthorized
shelf floor display planogram endcap facing tidy merchandise stock
till register cash drawer deposit safe bank transaction count
markdown price tag label promotion signage change discount
theft shrink fraud loss audit prevention
sales target conversion basket average comp revenue
assortment buying buyer range seasonal supplier line product
staff rota schedule break cover shift hours labour
store location opening new refit format layout
online omnichannel pickup e-commerce
claims adjuster coverage loss reserve settlement
teller deposit withdrawal cash check vault balance
nurse-aide bath feed turn toileting ambulation
therapy goal exercise gait transfer adaptive
optician lens frame fitting prescription
hearing audiogram hearing-aid ear
diet dietitian nutrition counsel menu intake
massage client pressure draping
phlebotomy vein draw tube order
ambulance patient scene stretcher radio triage
surgery instrument scrub count sterile field draping
counselor student college career schedule transcript
coach athlete practice drill strategy game
librarian patron reference catalog shelve program
police patrol report arrest traffic community
fire hydrant hose ladder rescue engine
guard post patrol report visitor
cook line station prep garnish
waiter order table course menu wine
barista espresso milk grind drink
host reservation seat wait
janitor floor restroom trash supply
groundskeeper mow trim plant irrigation
childcare nap diaper play snack parent
stylist cut colour client retail
fitness class client assessment plan
cashier scan bag coupon payment
realtor listing showing offer closing
insurance-agent quote policy renewal claim
travel-agent itinerary booking fare
receptionist call visitor appointment mail
payroll timesheet deduction tax
dispatcher call unit priority log
carpenter frame form finish layout
plumber pipe fixture drain gas
painter prep prime coat finish
roofer shingle flashing tear-off
mason brick mortar block
welder joint bead blueprint
machinist lathe mill tolerance program
assembler fasten solder kit workstation
mechanic brake engine diagnose
hvac charge duct airflow
driver route load inspect
pilot preflight navigation checklist
sailor mooring deck watch
crane-operator lift chart signal
"""
