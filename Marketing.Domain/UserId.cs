namespace Marketing.Domain;

/// <summary>A user id assigned by the caller, compared by ordinal value.</summary>
/// <param name="Value">1 to 128 characters, no control characters.</param>
public readonly record struct UserId(string Value) : IComparable<UserId>
{
    public int CompareTo(UserId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(UserId left, UserId right) => left.CompareTo(right) < 0;

    public static bool operator <=(UserId left, UserId right) => left.CompareTo(right) <= 0;

    public static bool operator >(UserId left, UserId right) => left.CompareTo(right) > 0;

    public static bool operator >=(UserId left, UserId right) => left.CompareTo(right) >= 0;
}
