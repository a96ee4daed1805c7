namespace Marketing.Domain;

/// <summary>A campaign id assigned by the caller, compared by ordinal value.</summary>
/// <param name="Value">1 to 128 characters, no control characters.</param>
public readonly record struct CampaignId(string Value) : IComparable<CampaignId>
{
    public int CompareTo(CampaignId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(CampaignId left, CampaignId right) => left.CompareTo(right) < 0;

    public static bool operator <=(CampaignId left, CampaignId right) => left.CompareTo(right) <= 0;

    public static bool operator >(CampaignId left, CampaignId right) => left.CompareTo(right) > 0;

    public static bool operator >=(CampaignId left, CampaignId right) => left.CompareTo(right) >= 0;
}
