"""Social work, law, schools, libraries and the arts."""

FAMILIES = """
client intake eligibility assessment screening interview needs referral
case caseload casework management plan service file
refer referral resource community service agency network link housing
crisis suicide safety trauma violence intervention de-escalation de-escalate risk
counsel counselling counseling therapy therapeutic session group treatment technique
abuse neglect protection safeguarding mandated report bullying welfare child
advocate advocacy rights access barrier benefits entitlement policy
family parent relative caregiver guardian household home visit engagement conference partnership
group facilitate facilitation circle workshop session
addiction substance recovery relapse sobriety alcohol
probation parole offender supervision court rehabilitation compliance
boundary boundaries ethics confidentiality consent self-care professional
legal court hearing trial filing docket pleading motion case
research statute case-law precedent citation authority brief
contract clause draft review agreement negotiate
discovery evidence exhibit document deposition witness testimony
client matter intake conflict engagement interview
deadline docket calendar limitation hearing
lesson lessons instruction teach delivery plan planning unit sequence curriculum objective pacing syllabus
  scheme course activity
curriculum scope sequence standards alignment textbook material program district
assess assessment test quiz exam mark marking grade grading formative summative rubric progress benchmark
  data achievement score homework
classroom class behavior behaviour conduct discipline routine rules management disruption climate
  expectation restorative transition signal
differentiate differentiation special needs inclusion iep accommodation individual disability adapt
  scaffold support learner gifted intervention
reading literacy phonics story book vocabulary comprehension fluency writing spelling language library
  rhyme
math mathematics number arithmetic fraction counting problem geometry reasoning numeracy
science experiment nature investigation inquiry exploration
parent parents family conference home communication newsletter partnership guardian meeting
technology tablet interactive whiteboard online digital learning platform media
playground recess outdoor supervision duty arrival dismissal lunch yard
field trip excursion outing transport permission
display bulletin board material supplies corner environment room arrangement
play toy outdoor movement creative art craft music imaginative
toddler infant nap diaper toilet feeding routine care
development developmental milestone observation portfolio screening
social emotional feelings friendship sharing empathy regulation kindness
meal snack allergy nutrition mealtime
mentor mentoring trainee student-teacher practicum observe coaching professional learning community
library catalogue catalog collection circulation shelve borrower patron book acquisition
reference database search research query literacy
museum exhibit exhibition artefact artifact collection tour visitor conservation
advising advisor enrolment enrollment course career transcript student graduation
tutoring homework remedial study
photograph photo camera lens lighting exposure shoot
video film footage edit editing clip cut sequence post-production
audio sound microphone mixing recording music
story article reporting journalist interview source fact-check news headline
edit editing proofread copy manuscript style grammar
layout typography graphic illustration color colour visual logo print
website content post social publish audience
performance rehearsal stage script actor audition dance music
costume set prop stage lighting scenery
sport athlete coach training drill game fitness practice tactic
exhibit booth show event display
brief client concept pitch creative revision feedback
interpret interpreting translation translate terminology glossary
hair cut color colour style salon shampoo stylist
skin facial nail makeup waxing cosmetic beauty
fitness exercise workout class client strength
guest tour guide group itinerary visitor commentary
child childcare nanny supervise play
funeral family arrangement memorial burial
"""
