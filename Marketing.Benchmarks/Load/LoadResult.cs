namespace Marketing.Benchmarks.Load;

/// <summary>What one size measured. Rates are a second, times in the unit of their name.</summary>
internal sealed record LoadResult(LoadOptions Options)
{
    public double GenerateRate { get; set; }

    public double RawSqliteRate { get; set; }

    public double ImportRate { get; set; }

    /// <summary>Interactions a second, by the number of workers; 0: by the API.</summary>
    public List<(int Workers, double Rate)> Projected { get; } = [];

    public double PostRate { get; set; }

    public double EndToEndRate { get; set; }

    public double StartSeconds { get; set; }

    public double MemoryMegabytes { get; set; }

    public double EmptyMemoryMegabytes { get; set; }

    public double DiskMegabytes { get; set; }

    public WrkResult? Uncached { get; set; }

    public WrkResult? Cached { get; set; }

    public List<VegetaResult> Constant { get; } = [];
}

/// <summary>What wrk said.</summary>
internal sealed record WrkResult(double Rate, string P50, string P99, long Errors);

/// <summary>What vegeta said of a constant rate.</summary>
internal sealed record VegetaResult(int Rate, double P50Milliseconds, double P99Milliseconds, double MaxMilliseconds, double Success);
