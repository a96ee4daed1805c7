using Marketing.Api.Hosting;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api;

/// <summary>An id in an address, exactly as it was posted.</summary>
internal readonly record struct RouteId(string Value)
{
    public UserId User => new(Value);

    public CampaignId Campaign => new(Value);

    public static bool TryParse(string? text, out RouteId id)
    {
        id = new RouteId(ExactPath.Decode(text ?? ""));
        return Identifier.IsValid(id.Value);
    }
}

/// <summary>A length of time in a query, such as <c>7d</c>.</summary>
internal readonly record struct Window(TimeSpan Length)
{
    public static bool TryParse(string? text, out Window window)
    {
        var valid = WindowText.TryParse(text, out var length);
        window = new Window(length);
        return valid;
    }

    /// <summary>The first instant that is counted: counts are kept by UTC hour, and a window begins with a whole one.</summary>
    public DateTimeOffset Since(DateTimeOffset now)
    {
        var start = (now - Length).ToUniversalTime();
        return start.AddTicks(-(start.Ticks % TimeSpan.TicksPerHour));
    }

    public override string ToString() => WindowText.Format(Length);
}

/// <summary>Values that are one of a list: understood whatever their case, as the types of interactions are.</summary>
internal static class Choice
{
    /// <summary>The value of the list that was meant; null when there is none.</summary>
    public static string? Find(IEnumerable<string> values, string value) =>
        values.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));

    /// <summary>What would be valid, as a sentence.</summary>
    public static string Rule(string name, IEnumerable<string> values) => $"{name} must be one of {string.Join(", ", values)}.";
}
