from milaid.api.aid import aid as aid
from milaid.api.arms import arms as arms
from milaid.api.changes import change as change
from milaid.api.citing import cite as cite
from milaid.api.claims import claim as claim
from milaid.api.courses import courses as courses
from milaid.api.notebooks import notebook as notebook
from milaid.api.own import chart as chart
from milaid.api.own import table as table
from milaid.api.places import places as places
from milaid.api.population import population as population
from milaid.api.reports import comparison as comparison
from milaid.api.reports import country as country
from milaid.api.reports import program as program
from milaid.api.reports import region as region
from milaid.api.reports import year as year
from milaid.api.totals import totals as totals
from milaid.api.trainings import trainings as trainings
from milaid.api.units import units as units

__version__: str
__released__: str
__all__: list[str]
