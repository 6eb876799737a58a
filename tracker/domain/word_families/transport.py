"""Driving, shipping and warehouses."""

FAMILIES = """
pre-trip post-trip inspection vehicle tire tyre brake light fluid defect walkaround
drive driving steer steering road highway traffic defensive vehicle control speed
weather snow ice fog wind adverse night
back backing dock reverse reversing trailer maneuver manoeuvre yard spotter coupling
route routing trip map gps navigation directions itinerary stop network lane
hours log logbook eld rest fatigue duty
load securement strap chain cargo weight axle distribution tie-down oversize freight
bill lading manifest paperwork receipt signature delivery document proof
customer receiver delivery shipper consignee drop-off
hazmat placard dangerous tanker
breakdown roadside accident crash triangle
fuel economy idle idling mileage efficiency
fleet vehicle maintenance replacement telematics
passenger boarding fare seat wheelchair stop announcement rider
ticket fare pass collection
school bus student
flight cabin aircraft crew safety demonstration
air traffic clearance runway radar
train rail track signal locomotive switch
vessel ship deck mooring navigation port
pick picking order pull wave aisle shelf zone
pack packing carton box tape label parcel
receive receiving goods-in inbound delivery unload dock
putaway put-away bin location rack slotting storage layout
ship shipping outbound loading dispatch trailer carrier manifest cut-off
count cycle stocktake variance inventory accuracy shrinkage
forklift pallet jack reach truck certification lift
returns return restock grade resalable
carrier freight rate contract haulier
dispatch dispatcher assign radio driver
yard dock door appointment gate
crane hoist rig signal
scanner handheld wms barcode system
"""
