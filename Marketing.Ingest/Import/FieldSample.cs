namespace Marketing.Ingest.Import;

/// <summary>Collects statistics from the first rows for fields that can be written in several ways.</summary>
internal sealed class FieldSample
{
    private const int FewRows = 20;

    private static readonly string[] Ids = ["userId", "campaignId", "eventId"];

    private readonly List<string> _times = [];
    private readonly HashSet<string> _eventIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Values, long Decimals)> _ids = Ids.ToDictionary(static id => id, static _ => (0L, 0L));

    /// <summary>The values of <c>occurredAt</c>.</summary>
    public IReadOnlyList<string> Times => _times;

    /// <summary>The number of rows with an <c>eventId</c>.</summary>
    public long EventIds => _ids["eventId"].Values;

    /// <summary>The number of distinct event ids.</summary>
    public int DistinctEventIds => _eventIds.Count;

    /// <summary>Whether the event ids repeat so often that they cannot be identities.</summary>
    public bool RepeatsEventIds => EventIds >= FewRows && 2 * DistinctEventIds <= EventIds;

    /// <summary>Adds a row to the sample.</summary>
    public void Add(IRow row, IReadOnlyList<FieldTemplate> fields)
    {
        foreach (var field in fields)
        {
            var isTime = field.Field == "occurredAt";
            if (!isTime && !_ids.ContainsKey(field.Field))
            {
                continue;
            }

            var value = field.Fill(row);
            if (value.Length == 0)
            {
                continue;
            }

            if (isTime)
            {
                _times.Add(value);
                continue;
            }

            var (values, decimals) = _ids[field.Field];
            _ids[field.Field] = (values + 1, decimals + (HasDecimals(row, field) ? 1 : 0));
            if (field.Field == "eventId")
            {
                _eventIds.Add(value);
            }
        }
    }

    /// <summary>Whether all values of an id are whole numbers written with a decimal point.</summary>
    public bool AreDecimals(string field) => _ids.TryGetValue(field, out var id) && id.Values > 0 && id.Decimals == id.Values;

    private static bool HasDecimals(IRow row, FieldTemplate field) => field.Columns.Any() && field.Columns.All(column => FieldTemplate.HasDecimals(row.Cell(column)));
}
