namespace Marketing.Recommendations.Reading;

/// <summary>The stores behind a recommendation, in the order in which answers list them as degraded.</summary>
[Flags]
internal enum Store
{
    None = 0,
    Vectors = 1,
    Graph = 2,
    Engagement = 4,
    Catalog = 8,
}
