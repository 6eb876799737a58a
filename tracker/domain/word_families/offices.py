"""Money, staff, buying, selling and office work."""

FAMILIES = """
ledger journal account accounts posting post debit credit bookkeeping voucher entry chart entries
reconcile reconciliation bank statement balance discrepancy outstanding match
payable payables supplier invoice bill disbursement vendor
receivable receivables collection overdue credit debtor dunning arrears customer
close closing month-end year-end accrual adjustment prepayment trial
payroll wage salary timesheet overtime deduction pay bonus withholding garnishment paycheck timecard
tax taxes vat return filing withholding deduction audit exemption
audit auditor control internal external finding assurance workpaper sampling fraud segregation
fraud suspicious laundering aml identity theft detection alert irregular
forecast forecasting budget variance projection scenario model modelling cash-flow planning
statement financial reporting consolidation disclosure gaap ifrs
asset depreciation capital lease equipment property fixed
loan lending credit mortgage underwrite underwriting borrower applicant collateral creditworthiness
deposit withdrawal teller vault cash check cheque account
insurance policy policyholder premium coverage underwriting renewal endorsement quote
claim claimant adjuster adjustment settlement loss damage liability estimate appraisal
invest investment portfolio securities fund stock bond broker risk return
treasury liquidity cash-flow funding currency hedging
recruit recruiting recruitment vacancy posting job-board applicant candidate screening shortlist sourcing
  talent pool employer hire interview selection resume
interview interviewing selection panel applicant evidence structured hiring offer
onboard onboarding first-day welcome orientation induction new-hire joiner probation
personnel file record hris employee database contract certificate
benefit benefits enrollment enrolment compensation reward pension health insurance leave retirement
  pay-grade incentive grading perk wellness
absence leave sick attendance vacation holiday wellbeing counselling accommodation
appraisal performance review rating feedback improvement manager coaching talent
grievance disciplinary investigation misconduct harassment sanction labor labour relations union
  bargaining workplace concern complaint mediation dismissal
employment law legislation working-time discrimination equal compliance
learning course development needs-analysis training provider leadership succession attendance skill gap
diversity inclusion equity belonging representation
restructure restructuring merger redundancy layoff reorganisation reorganization change
requirement requirements stakeholder elicit user-story specification business-analysis gather
process-map mapping model as-is to-be gap analysis
supplier vendor bid tender rfp rfq evaluate award sourcing
contract contracts clause terms agreement renewal legal amendment
category spend savings sourcing commodity procurement
logistics supply chain shipment inbound outbound carrier distribution network
customs import export tariff declaration broker clearance
demand forecast replenishment safety-stock lead-time planning
event venue registration attendee speaker exhibitor sponsor logistics catering
fundraise fundraising donor donation gift grant campaign pledge
grant proposal funder award application funding
program programme initiative outcome evaluation funded
market survey competitor segment pricing insight consumer research
campaign advertising media channel content audience creative
digital seo website web traffic keyword conversion analytics online
social media post followers content engagement
brand branding identity positioning reputation
press media journalist release spokesperson publicity interview
pipeline lead prospect prospecting qualify qualification crm opportunity territory cold
demo demonstration pitch presentation proposal product
close closing deal negotiation objection contract quota
key account renewal retention loyalty churn relationship
merchandise merchandising display shelf planogram signage window visual assortment
till checkout register cash scan transaction refund receipt bag
shrink shrinkage theft shoplifting loss-prevention security
store opening closing floor keyholder shift
product knowledge feature advise demonstrate recommend assortment catalogue catalog
return exchange refund warranty defective
property tenant lease rent landlord listing showing occupancy
valuation appraisal appraise comparable market
secretary assistant executive calendar diary travel gatekeeping meeting
minutes agenda meeting notes action board
reception receptionist switchboard visitor badge front-desk
mail mailroom post parcel courier postage sort distribute
copy copier print photocopy scan fax printer
office supplies stationery stock order
dispatch dispatcher unit call radio priority route
call-center contact-center caller queue script headset
order orders intake order-processing fulfillment fulfilment shipment lifecycle backorder
charge charges shipping freight cost total tax compute invoice
"""
