namespace Marketing.Decisions.Statistics;

/// <summary>A closed interval of plausible values.</summary>
/// <param name="Low">The lower limit; negative infinity where nothing is known.</param>
/// <param name="High">The upper limit; positive infinity where nothing is known.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The interval of a figure about which nothing is known.</summary>
    public static Interval Unbounded { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Width => High - Low;

    public static Interval Around(double center, double halfWidth) => new(center - halfWidth, center + halfWidth);

    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Cuts off what cannot be, such as a rate below 0.</summary>
    /// <param name="low">The smallest possible value.</param>
    /// <param name="high">The largest possible value.</param>
    public Interval Clip(double low, double high) => new(Math.Clamp(Low, low, high), Math.Clamp(High, low, high));
}
