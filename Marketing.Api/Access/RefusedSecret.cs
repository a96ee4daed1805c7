namespace Marketing.Api.Access;

/// <summary>Why the key or token of a request is not accepted; a request feature that is absent otherwise.</summary>
/// <param name="Status">401, or 503 if it could not be checked.</param>
/// <param name="Detail">The reason, for the caller.</param>
internal sealed record RefusedSecret(int Status, string Detail)
{
    public static readonly RefusedSecret Unknown = new(StatusCodes.Status401Unauthorized, "The key is not known here; it may have been revoked.");

    public static readonly RefusedSecret Expired = new(StatusCodes.Status401Unauthorized, "The key has expired.");

    public static readonly RefusedSecret Token = new(
        StatusCodes.Status401Unauthorized, "The token is not valid here: its issuer, audience, signature or lifetime is wrong.");

    public static readonly RefusedSecret Unchecked = new(
        StatusCodes.Status503ServiceUnavailable, "The token cannot be checked, because its issuer does not respond. Try again later, or use a key.");
}
