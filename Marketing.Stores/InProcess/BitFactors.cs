namespace Marketing.Stores.InProcess;

/// <summary>What turns the product of a query and a bit code into an estimate, see <see cref="BitCode"/>.</summary>
/// <param name="Offset">Added.</param>
/// <param name="Factor">Multiplied.</param>
internal readonly record struct BitFactors(float Offset, float Factor);
