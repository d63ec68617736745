//! What `--help` teaches.

/// The help of a command, or the overview.
pub(super) fn text(topic: Option<&str>) -> &'static str {
    match topic {
        Some("rate") => RATE,
        Some("assess") => ASSESS,
        Some("explain") => EXPLAIN,
        Some("import") => IMPORT,
        Some("position") => POSITION,
        Some("rsvp") => RSVP,
        Some("bundle") => BUNDLE,
        Some("agreements") => AGREEMENTS,
        _ => OVERVIEW,
    }
}

const OVERVIEW: &str = "\
highwater: what an IBM Passport Advantage estate needs, with every number explained.

Usage: highwater COMMAND ...

  rate     --processor TEXT       the PVU per core of a processor, and the row of the table that says so
  assess   FILE...                full capacity and sub-capacity of every product, at their peaks
  explain  FILE... --product NAME how one of these numbers comes about, step by step
  import   FILE                   what a file was recognised as, and every row that was left out and why
  position FILE... --entitlements RIGHTS
                                  what is entitled less what is needed, per product: shortfall or surplus
  rsvp     ORDERS                 the volume level of every order and term, and the next anniversary
  agreements FILE...              each agreement with its anniversary, its level, and when IBM may set it inactive
  bundle   PARTS                  what components use of their bundles and Cloud Paks, by the ratios of the licence texts

FILE is an audit snapshot of the IBM License Metric Tool (zip, or a CSV file out of it), an estate template (CSV or
a workbook), or a workspace that Highwater saved.

Every command takes --json. 'highwater COMMAND --help' tells more.
Exit status: 0 well, 1 with an error in the data (some number is unknown or a row was left out), 2 unusable input.

Try it:
  highwater rate --processor 'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz' --sockets 2
  highwater assess audit_snapshot.zip
";

const RATE: &str = "\
Usage: highwater rate --processor TEXT [--sockets N] [--os NAME] [--cloud] [--on DATE] [--cores-per-chip N] [--json]

The PVU per core of a processor.

  --processor TEXT    brand string ('Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz'), IBM model ('IBM POWER9 E980'), a row
                      name of IBM's table, or a family alone ('AMD EPYC')
  --sockets N         the most sockets that the server can hold, not those in use; without it the highest tier of
                      the family counts, as IBM's tool does
  --os NAME           operating system; a POWER core under Linux has a rate of its own
  --cloud             the server is a virtual machine in an eligible public cloud
  --on DATE           add a note when the row of the table is younger than that day; it changes no number
  --cores-per-chip N  for old processors whose rate depends on it, when the list of processors does not know
";

const ASSESS: &str = "\
Usage: highwater assess FILE... [--from DATE] [--to DATE] [--json]

What every product needs: full capacity and sub-capacity at their peaks, with the day of the peak.

  --from DATE, --to DATE  first and last day, both included; without one, the earliest or latest day in the files

Estate templates given together are one estate. Snapshots of different computers add up. A snapshot and a template
together give the sum of their peaks: an upper bound.
";

const EXPLAIN: &str = "\
Usage: highwater explain FILE... --product NAME [--metric METRIC] [--full] [--entitlements RIGHTS]
                         [--supported FILE] [--flexible FILE] [--unbundled] [--on DATE] [--from DATE] [--to DATE]
                         [--json]

How the sub-capacity of a product comes about (with --full: its full capacity): each step with its rule, the rule's
source and date, and the cells that were read. What is not known says why. FILE may be a list of parts of bundles alone.

  --product NAME   exactly as 'assess', 'position' or 'bundle' prints it: a product, a Cloud Pak, a bundle, a component
  --metric METRIC  where a name is counted in several: a code (VPC) or the name in full ('Virtual Processor Core')
  --entitlements   explains the balance of the product instead: entitled less needed (see 'position')
  --supported, --flexible
                   with what principals and pools cover (see 'position')
  --unbundled      explains the balance as if nothing were covered
";

const IMPORT: &str = "\
Usage: highwater import FILE [--json]

What a file was recognised as, how many rows were taken, and every row that was left out with its reason.
";

const POSITION: &str = "\
Usage: highwater position FILE... --entitlements RIGHTS [--aliases FILE] [--allocations FILE] [--supported FILE]
                          [--flexible FILE] [--on DATE] [--from DATE] [--to DATE] [--json]

What is entitled less what is needed, per product and metric: against sub-capacity and against full capacity. Above 0 is
a surplus, below 0 a shortfall.

RIGHTS is a ledger of entitlements (CSV or workbook) with the columns part_number or product, quantity, and optional
agreement, site, metric, licence_type (perpetual, subscription, committed_term, fixed_term, monthly, saas), environment,
ss_start, ss_end, order_date, poe, unit_price and currency. Product, metric and pack follow the part number where they
are blank. Parts that renew or reinstate Subscription and Support (S&S) grant no licence. The option may be given again;
a ledger may also stand among the files.

  --aliases FILE          which owned product counts for which needed one: a list with the columns name, product, reason
  --allocations FILE      to whom rights are given: a list with the columns product, department, quantity, and optional
                          metric (blank is the only one in which the product is entitled), site and note. Each line gets
                          what the lines before it leave; more than is entitled is an error
  --supported FILE        which principal covers which supporting program: a list with the columns product, principal,
                          reason, and optional counts (yes or no: whether what it needs counts against the principal).
                          What is covered needs nothing of its own while its principal is in use; beside that stands
                          what would be needed if nothing were covered
  --flexible FILE         which component draws on the pool of which Flexible Bundle: a list with the columns bundle,
                          component, points (for one unit, from your agreement), and optional metric (blank is PVU) and
                          quantity (for what no file measures)
  --on DATE               look at the rights of that day: later orders do not count, and terms that are over do not;
                          without it, terms must not be over on the last day of the period
  --from DATE, --to DATE  first and last day of the period, both included, as in 'assess'
";

const RSVP: &str = "\
Usage: highwater rsvp ORDERS [--anniversary DATE] [--on DATE] [--kind commercial|government|academic] [--express]
                      [--points POINTS] [--sites SITES] [--level I|J --level-from DATE [--level-reason TEXT]]
                      [--merge OTHER [--merge-anniversary DATE]] [--json]

The volume level: which level each order is priced at, what each term earned, and what is left after its reset.

ORDERS is a list (CSV or workbook) with the columns date and points, and optional site, order, part_number and quantity;
points are those of the whole line. Lines of one day and site are one order, unless they have order numbers.

  --anniversary DATE  day and month of the anniversary; without it, it follows the first order: the first day after the
                      twelfth full month
  --on DATE           look at that day; later orders are listed and not counted; without it, the day of the last order
  --kind KIND         government and academic sites have prices of their own, whatever their points
  --express           Passport Advantage Express: always the base level
  --points POINTS     fills points that are blank: those of the part times the quantity. POINTS is a list (CSV or workbook)
                      with the columns part_number, points (of one unit), and optional from (first day; the newest that
                      holds on the day of the order counts), entitled_discount (yes or no) and note
  --sites SITES       sites with prices of their own: a list with the columns site and sector (commercial, government or
                      academic); their orders are GV or ED, and their points count for the others
  --level I, --level J, with --level-from DATE
                      a level above H, which no points earn: it holds from that day to the next anniversary, and then
                      falls by one step at a time, as any other; --level-reason TEXT says why
  --merge OTHER       what if the agreement with the orders of OTHER were merged into this one: both by themselves, and
                      together under this one's anniversary, all on one day
  --merge-anniversary DATE
                      day and month of the anniversary of OTHER; without it, it follows its own first order
";

const AGREEMENTS: &str = "\
Usage: highwater agreements FILE... [--on DATE] [--json]

Each agreement with its sites, next anniversary, the level that its next order finds, the points of its term, its first
and last order, and the day from which IBM may set it inactive: 24 months without orders or active services.

FILE is a list (CSV or workbook), told by its columns, or a workspace that Highwater saved:
  agreements    agreement, and customer, programme (passport_advantage or express) or anniversary; optional country and more
  sites         site, and sector (commercial, government or academic), role, or agreement and country
  orders        date and points, and optional site, order, part_number and quantity (see 'rsvp')
  entitlements  part_number or product, and quantity; agreement or site, ss_end and order_date tell of services (see
                'position')
Orders belong to the agreement of their site; those of no agreement stand under a blank number. The only agreement has
all orders while no sites are listed.

  --on DATE  look at that day; later orders are listed and not counted; without it, the day of the last order
";

const BUNDLE: &str = "\
Usage: highwater bundle PARTS [--rounding each|once] [--clusters FILE] [--red-hat FILE] [--core-pair N] [--on DATE] [--json]

What components use of their bundles and Cloud Paks, each by the ratio of the licence text, and the OpenShift cores that
come with them.

PARTS is a list (CSV or workbook) with the columns bundle, component, quantity, and optional version, environment
(production or non_production) and metric. Blank is the version with the newest licence text, production, and VPC.
Quantities of one component, environment and metric are added and converted exactly.

  --rounding each|once  each: every component is rounded up, then they are added, as the License Metric Tool shows it;
                        once: they are added exactly, then rounded up once for the bundle, as the License Service does.
                        Without it, each
  --clusters FILE       cores of OpenShift clusters and whose work they do: a list with the columns cluster, bundle
                        (blank is other work) and cores. What comes with a bundle covers its own workload only
  --red-hat FILE        the ledger of Red Hat's subscriptions: product, unit (node, socket_pair or core_pair), quantity,
                        and optional start, end and note. Units are never added to each other
  --core-pair N         take a core pair for N cores, and compare. No source confirms any number
  --on DATE             subscriptions in force on that day; without it, all of them
";
