"""Kitchens, hotels, cleaning, grounds, farms and protection."""

FAMILIES = """
cook cooking grill roast fry boil saute steam braise hot line station heat pan oven
prep prepare preparation ingredient portion mise chop measure weigh
knife cut chop dice peel slice trim fillet butcher meat fish
bake baking bread pastry dough cake oven dessert yeast proof
sauce soup stock seasoning gravy base broth taste flavor flavour
plate plating garnish presentation portion appearance
menu recipe special seasonal dish develop creative
allergy allergen allergic gluten dietary vegan cross-contact request
food-safety haccp temperature cooling chill thermometer storage label date rotation foodborne sanitation
wash dish dishwasher utensil pot clean surface sanitise sanitize
order ticket expedite call rush timing service kitchen coordination
food-cost cost waste yield portion margin
receive receiving delivery storage rotate fifo date walk-in freezer
table tables waiter server seat seating section serve dining
drink beverage bar bartender cocktail wine beer coffee espresso pour
alcohol intoxicated responsible age identification
payment bill check tip split card
reservation reservations booking book availability occupancy overbooking rate room yield revenue
check-in check-out arrival departure guest registration key folio front
concierge local attraction recommendation directions transport tour
housekeeping room linen bed laundry turn-down amenities attendant
floor mop vacuum sweep polish scrub carpet wax strip
restroom toilet sink mirror dispenser bathroom
chemical chemicals detergent dilute dilution label sds cleaner
trash refuse garbage rubbish bin recycling disposal
machine buffer scrubber vacuum equipment
lawn mow grass turf edge trim blade
plant planting shrub flower bed prune pruning tree transplant landscape
irrigation irrigate sprinkler water drip
pest pesticide herbicide weed insect spray fertiliser fertilizer disease
snow ice winter salt plow
soil seed sow crop planting tillage field
harvest pick picking ripe yield grade pack
livestock animal herd cattle feed feeding milk barn calf breeding
tractor implement combine machinery attachment
timber log logging chainsaw felling tree
fish net catch vessel boat
patrol patrolling round guard premises observe
surveillance camera cctv monitor video alarm
access gate visitor badge identification entry checkpoint screening
incident report statement write documentation evidence
arrest suspect search detain custody force handcuff
traffic stop citation vehicle control crash speed
investigate investigation interview witness evidence scene detective
fire hose extinguish suppression firefighter ladder ventilation
rescue extrication victim search technical
inspection prevention code hydrant building pre-plan
inmate custody count cell contraband security detention
de-escalate de-escalation conflict crowd verbal disturbance aggression
court testify testimony hearing
lifeguard swim pool beach water
"""
