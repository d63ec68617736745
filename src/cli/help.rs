//! What `--help` teaches below the options. A paragraph is one line: clap breaks it where the terminal ends.

/// Below the list of the commands.
pub(super) const OVERVIEW: &str = "\
Where a command takes a FILE, that is an audit snapshot of the IBM License Metric Tool (zip, or a CSV file out of it), \
a daily file of IBM License Service, an estate template (CSV or a workbook), or a workspace that Highwater saved.

Every command but completions takes --json. 'highwater COMMAND --help' tells more.

Exit status: 0 well, 1 with an error in the data (some number is unknown or a row was left out), 2 unusable input.

Try it:
  highwater rate --processor 'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz' --sockets 2
  highwater assess audit_snapshot.zip
  highwater explain audit_snapshot.zip --product 'IBM MQ'";

pub(super) const ASSESS: &str = "\
The peaks of full capacity and sub-capacity stand with the day on which they were reached. A list with the columns \
server, region and reason may stand among the files: it assigns regions to servers whose rows give none.

Estate templates given together are one estate. Snapshots of different computers add up. A snapshot and a template \
together give the sum of their peaks: an upper bound.";

pub(super) const EXPLAIN: &str = "\
Each step of the sub-capacity of a product (with --full: of its full capacity) stands with its rule, the rule's source \
and date, and the cells that were read. What is not known says why.

With --entitlements the balance of the product is explained instead: entitled less needed, with what principals and \
pools cover (--supported, --flexible). 'highwater help position' tells what RIGHTS are.";

pub(super) const IMPORT: &str = "\
It tells how many rows were taken, what each column was read as, and every row that was left out with its reason.";

pub(super) const POSITION: &str = "\
The balance stands against sub-capacity and against full capacity: above 0 is a surplus, below 0 a shortfall.

RIGHTS is a ledger of entitlements (CSV or a workbook) with the columns part_number or product, quantity, and optional \
agreement, site, metric, licence_type (perpetual, subscription, committed_term, fixed_term, monthly, saas), \
environment, ss_start, ss_end, order_date, poe, unit_price and currency. Product, metric and pack follow the part \
number where they are blank. Parts that renew or reinstate Subscription and Support (S&S) grant no licence.

What is covered by a principal needs nothing of its own while the principal is in use; beside that stands what would \
be needed if nothing were covered.";

pub(super) const RSVP: &str = "\
It tells which level each order is priced at, what each term earned, and what is left after its reset.

ORDERS, and OTHER, is a list (CSV or XLSX) with the columns date and points, and optional site, order, part_number and \
quantity; points are those of the whole line. Lines of one day and site are one order, unless they have order numbers.

POINTS is a list with the columns part_number, points (of one unit), and optional from (first day; the newest that \
holds on the day of the order counts), entitled_discount (yes or no) and note.

SITES is a list with the columns site and sector (commercial, government or academic).";

pub(super) const AGREEMENTS: &str = "\
Each agreement stands with its sites, next anniversary, the level that its next order finds, the points of its term, \
its first and last order, and the day from which IBM may set it inactive: 24 months without orders or active services.

Lists (CSV or XLSX) are told by their columns:
  agreements    agreement, and customer, programme (passport_advantage or express)
                or anniversary; optional country and more
  sites         site, and sector (commercial, government or academic), role,
                or agreement and country
  orders        date and points, and optional site, order, part_number and
                quantity (see 'highwater help rsvp')
  entitlements  part_number or product, and quantity; agreement or site, ss_end and
                order_date tell of services (see 'highwater help position')

Orders belong to the agreement of their site; those of no agreement stand under a blank number. The only agreement has \
all orders while no sites are listed.";

pub(super) const BUNDLE: &str = "\
Each component is converted by the ratio of the licence text. Beside that stand the OpenShift cores that come with \
bundles and Cloud Paks.

PARTS is a list (CSV or XLSX) with the columns bundle, component, quantity, and optional version, environment \
(production or non_production) and metric. Blank is the version with the newest licence text, production, and VPC. \
Quantities of one component, environment and metric are added and converted exactly.

The ledger of --red-hat has the columns product, unit (node, socket_pair or core_pair), quantity, and optional start, \
end and note.";

pub(super) const FORECAST: &str = "\
Each line of the ledger is renewed at the prices of the day on which its coverage begins, prorated to the anniversary, \
at the level that the agreement will have, with the uplift, caps and discounts that are assumed. What has no price is \
not known, and counted beside the totals.

Price files have the columns part_number, level, price, and optional currency, valid_from, valid_to, months and reason \
(filled: your own price); or a column for each level. Assumptions are uplift, cap_fixed, cap_compounding, ss_rate, \
reinstatement_rate, reinstatement_uplift, discount, proration, anniversary, level, points, currency, report_currency \
and fx; their scope is blank, agreement:X, product:X, part:X, or USD/EUR for fx. Decisions are renew, reduce, lapse, \
to_subscription, to_committed_term and to_cloud_pak, with the optional columns agreement, site, metric, date, until, \
model, quantity, to_part, ratio, term and reason. A ledger may have a column renewal_part.";

pub(super) const PRICES: &str = "\
Of each part, level and currency the row that begins last is compared. A price that is no longer there is withdrawn, or \
its part is gone.";

pub(super) const COMPLETIONS: &str = "\
Try it:
  highwater completions bash > ~/.local/share/bash-completion/completions/highwater
  highwater completions fish > ~/.config/fish/completions/highwater.fish
  highwater completions zsh > ~/.zfunc/_highwater   (a folder of your $fpath)";
