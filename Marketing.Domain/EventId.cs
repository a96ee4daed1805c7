namespace Marketing.Domain;

/// <summary>The id of one interaction, compared by ordinal value; interactions with the same id are the same interaction.</summary>
/// <param name="Value">1 to 128 characters, no control characters.</param>
public readonly record struct EventId(string Value) : IComparable<EventId>
{
    public int CompareTo(EventId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(EventId left, EventId right) => left.CompareTo(right) < 0;

    public static bool operator <=(EventId left, EventId right) => left.CompareTo(right) <= 0;

    public static bool operator >(EventId left, EventId right) => left.CompareTo(right) > 0;

    public static bool operator >=(EventId left, EventId right) => left.CompareTo(right) >= 0;
}
