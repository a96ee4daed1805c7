namespace Marketing.Domain;

/// <summary>What is known of a user besides their interactions: the attributes that audiences ask for.</summary>
/// <param name="Id">Who.</param>
/// <param name="Attributes">Attribute name → value, e.g. <c>segment → student</c>.</param>
public sealed record UserProfile(UserId Id, IReadOnlyDictionary<string, string> Attributes);
