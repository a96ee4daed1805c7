namespace Marketing.Evaluation.CompleteJourney;

/// <summary>A line of coupon_redemptions.csv.</summary>
internal readonly record struct JourneyRedemption(string Household, string Campaign, DateTimeOffset Day);
