namespace Marketing.Recommendations.Reading;

/// <summary>The stores that a recommendation asks, in the order in which an answer names those that it misses.</summary>
[Flags]
internal enum Store
{
    None = 0,
    Vectors = 1,
    Graph = 2,
    Engagement = 4,
    Catalog = 8,
}
