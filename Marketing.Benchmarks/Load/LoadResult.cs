namespace Marketing.Benchmarks.Load;

/// <summary>The measurements for one size.</summary>
/// <remarks>Rates are per second; times have their unit in the name.</remarks>
internal sealed record LoadResult(LoadOptions Options)
{
    public double GenerateRate { get; set; }

    public double RawSqliteRate { get; set; }

    public double ImportRate { get; set; }

    /// <summary>Interactions projected per second, by the number of workers; 0 means the API.</summary>
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

/// <summary>The result of a wrk run.</summary>
internal sealed record WrkResult(double Rate, string P50, string P99, long Errors);

/// <summary>The result of a vegeta run at a constant rate.</summary>
internal sealed record VegetaResult(int Rate, double P50Milliseconds, double P99Milliseconds, double MaxMilliseconds, double Success);
