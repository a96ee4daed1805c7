namespace Marketing.Domain;

/// <summary>A user's attributes, which audiences match against.</summary>
/// <param name="Id">The user.</param>
/// <param name="Attributes">Attribute name → value, e.g. <c>segment → student</c>.</param>
public sealed record UserProfile(UserId Id, IReadOnlyDictionary<string, string> Attributes);
