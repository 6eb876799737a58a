"""Engineering, laboratories and field science."""

FAMILIES = """
drawing draft drafting cad model sketch revision detail layout title-block
calculation calculate load stress structural analysis formula simulation
material materials steel alloy property strength specimen fatigue
prototype test bench trial experiment build validation
specification standard code requirement criteria norm
survey surveying level benchmark boundary coordinates gps instrument traverse
site field visit inspection construction observation
cost estimate estimating budget quantity bid value-engineering
tolerance dimension fit geometric measurement metrology
circuit board electronic component solder schematic oscilloscope
control plc automation sensor loop instrumentation programming
power transformer substation grid distribution relay protection
pump valve piping pressure flow hydraulic process
environmental permit emission groundwater remediation stormwater contamination impact
water wastewater treatment chlorine flow sludge effluent sample
safety hazard hazop risk failure fmea reliability
patent intellectual invention design innovation
project schedule milestone phase deliverable consultant contractor
sample specimen sampling collect label field
laboratory lab bench assay reagent titration pipette solution prepare preparation
instrument spectrometer chromatograph calibrate calibration microscope analyser analyzer
experiment hypothesis protocol trial replicate control design
result results data analysis statistics interpret interpretation graph
notebook log record documentation traceability
chemical chemicals reagent storage disposal waste fume msds sds spill
publication publish manuscript paper poster conference journal peer-review
grant funding proposal funder
animal specimen cage husbandry welfare
ethics consent irb protection subject participant
species habitat wildlife biodiversity conservation ecosystem survey
geology rock soil core drilling map mapping gis
weather climate forecast atmospheric observation
"""
