# A session with a results file: session.py FILE.h5 AREA INDICATOR
import sys
import xarray as xr

path, area, indicator = sys.argv[1:]
d = xr.open_dataset(path, engine="netcdf4")  # or "h5netcdf"

# What is in it.
for name, variable in d.data_vars.items():
    print(name, "(" + ", ".join(variable.dims) + ")", variable.attrs.get("long_name", ""))

# One area by its code, with what it is called; labels stand along the dimensions.
here = d.indicator_value.sel(area=area, indicator=indicator)
print(str(here.area_name.values), "-", str(here.indicator_name.values))

# Its fan: quantiles over the draws of a scenario, which are its runs from draw 1 on whose status is
# 0. The central run is none of them.
draws = (d.run_scenario == 0) & (d.run_draw > 0) & (d.run_status == 0)
fan = here.sel(draw_run=draws.values).quantile([0.05, 0.25, 0.5, 0.75, 0.95], dim="draw_run")
fan.transpose("year", "quantile").to_pandas().to_csv("fan.csv")
# ... and as a picture: plt.fill_between(fan.year, fan[0], fan[4]); plt.plot(fan.year, fan[2])

# Learners without a place on the line of their choice in 2020, of all areas, in the central run.
unplaced = d.unplaced.sel(run=0, year=2020).sum("area")
table = unplaced.to_dataframe()[["line_name", "line_route", "unplaced"]]
table.sort_values("unplaced", ascending=False).to_csv("unplaced.csv")

# Where it comes from.
p = xr.open_dataset(path, engine="netcdf4", group="provenance")
for name, sha256 in zip(p.input_file.values, p.input_sha256.values):
    print(sha256[:8], name)
