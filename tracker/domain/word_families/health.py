"""Care, clinics, pharmacies and dental practice."""

FAMILIES = """
vital signs temperature pulse blood pressure respiration observation monitor monitoring deterioration
  early-warning symptom condition change trend
assessment assess triage history symptom examination evaluate findings admission
medication medications medicine drug dose dosage prescription administer administration infusion
  intravenous tablet pill pharmacy opioid insulin pharmacist reconciliation adverse
infection hygiene hand glove isolation ppe sterile steriliser sterilizer sterilise sterilize sterilization
  autoclave disinfect outbreak contamination aseptic gown surface instrument contagious
wound dressing ulcer skin bandage pressure healing incision
iv catheter cannula line tube insertion venipuncture access
care plan planning goal nursing treatment individualised individualized
discharge transition pathway readmission home follow-up continuity
patient education teach explain instruction self-care leaflet literacy prevention diet
chart charting record documentation electronic ehr notes progress
handover handoff report shift rounds sbar interdisciplinary
comfort dying palliative grief emotional empathy reassurance anxious compassion dignity calm
family relative caregiver visitor meeting
fall falls lift transfer mobility turning positioning ambulate wheelchair gait transport reposition
bathe bathing grooming toileting dressing feeding personal hygiene daily living adl oral
nutrition meal feeding diet fluid intake hydration swallowing weight
resuscitation code arrest cpr defibrillator emergency rapid-response collapse
specimen blood sample draw phlebotomy collection urine swab
imaging xray x-ray radiograph radiographs radiography film scan exposure sensor mri ct ultrasound
  radiation positioning contrast shielding
dose radiation shielding protection alara badge
tooth teeth dental chairside suction fourhanded four-handed tray instrument procedure restoration
  assistant operatory treatment
impression impressions alginate model cast tray crown denture mould
oral hygiene brushing flossing fluoride sealant prevention plaque polish
prescription prescriptions refill prescriber intake verify dispensing fill label
dispense dispensing count pour package fill label barcode final check
compound compounding sterile hazardous chemotherapy hood cleanroom admixture
controlled narcotic narcotics substance diversion register
insurance claim reimbursement authorization authorisation prior denied payer billing coverage copay coding
immunization immunisation vaccine vaccination clinic
therapy exercise rehabilitation strength functional gait session modality
splint orthotic brace prosthetic adaptive device
anesthesia anaesthesia surgery surgical operating theatre scrub field count instrument
ventilator oxygen airway respiratory breathing inhaler
lab laboratory analyser analyzer result test hematology quality-control
mental behavior behaviour psychiatric de-escalation restraint mood therapeutic
maternity birth newborn labor prenatal postpartum
appointment scheduling check-in registration demographics recall front-desk reminder
consent privacy hipaa confidentiality disclosure release
referral specialist coordinate provider community resource
population health outreach prevention screening campaign community
clinical research trial protocol evidence guideline practice
quality safety incident near-miss root event error reporting improvement
supply supplies stock tray restock order expiry inventory
equipment device malfunction pump monitor maintenance calibrate check
animal pet veterinary kennel restraint
exam room prepare clean turn-over setup rooming
"""
