"""Building, installing, repairing and making."""

FAMILIES = """
receptacle outlet switch box device fixture lighting lamp wire wiring branch circuit connect
cable wire pull feed conductor raceway conduit bend emt tray run
conduit pipe bend bending raceway offset saddle cut thread support
panel breaker distribution board switchgear service meter termination torque label directory upgrade
lockout tagout tag isolate isolation de-energized deenergise dead absence voltage arc-flash energized
  shock
voltage current resistance multimeter meter tester continuity insulation ground megger reading
motor drive starter variable-frequency plc control relay contactor
transformer generator solar battery backup photovoltaic power renewable storage
code nec permit inspection inspector violation authority jurisdiction licence license
estimate takeoff quote bid tender price labor material quantity pricing job
apprentice journeyman crew helper foreman
homeowner customer client owner building explain outage
plans drawing blueprint diagram schedule symbol conflict as-built
troubleshoot fault trip tripped intermittent short loose diagnose service-call repair
plumbing fixture faucet toilet sink drain trap vent water-heater
pipe solder braze copper pvc joint fitting thread weld
leak pressure test gauge valve backflow
drain sewer clog snake jetting camera
gas appliance burner combustion leak carbon
hvac furnace air-conditioner heat pump compressor duct airflow thermostat
refrigerant charge recovery evacuate vacuum leak
framing stud wall joist rafter frame lumber carpentry
finish trim cabinet molding door window hang
concrete form pour slab rebar finishing mix cure screed
masonry brick block mortar lay joint stone
roof roofing shingle flashing membrane
drywall tape plaster sheet mud texture
paint primer coating brush roller spray surface prepare sand
tile grout floor flooring adhesive layout
insulation vapor barrier seal
excavate excavation trench shoring grade dig utility earthmoving
crane rigging sling hoist signal lift
scaffold ladder fall harness guardrail height
weld welding bead joint electrode mig tig arc torch fusion
fabricate fabrication cut shear bend metal sheet layout
demolition demolish salvage debris
asbestos lead abatement hazardous containment
site jobsite cleanup debris barricade helmet hard-hat
subcontractor trade coordinate superintendent sequence schedule
change-order scope contract submittal rfi
lubricate lubrication grease oil bearing fluid filter viscosity
align alignment shaft coupling laser belt sheave pulley tension
gearbox gear chain bearing seal replace rebuild overhaul
hydraulic pneumatic cylinder hose valve pump leak
vibration thermography condition monitor predictive analysis
parts spare part order inventory critical obsolescence
work-order cmms history backlog request planned
brake brakes tire tyre suspension steering wheel alignment
engine transmission exhaust cooling fuel oil
diagnostic scan code sensor electrical battery
road-test test-drive inspection vehicle
body dent panel paint collision frame
avionics aircraft airframe inspection airworthiness logbook
elevator lift escalator
telecommunication fiber cable splice line pole signal
appliance refrigerator washer dryer
lathe mill cnc machining cutter turning feed speed offset
setup changeover fixture die tooling mold mould
program programming g-code cam
inspect caliper micrometer gauge spc tolerance first-article
assemble assembly fasten screw rivet subassembly component solder
line production throughput rate target takt shift output
defect scrap rework reject quality root
grind grinding polish deburr sand finish
furnace melt cast casting foundry pour
press stamping punch shear
injection extrusion plastic resin blow
sew sewing stitch garment fabric pattern seam
cut cutting saw blade
print printing press ink plate color registration
wood woodworking planer router veneer
blend mixing batch recipe ingredient tank
package packaging pack wrap label carton seal box
water treatment plant chlorine pump filter
boiler steam pressure
robot robotic cell automation conveyor
"""
