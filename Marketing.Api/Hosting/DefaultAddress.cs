namespace Marketing.Api.Hosting;

/// <summary>The default listen address of the API.</summary>
internal static class DefaultAddress
{
    private const string Url = "http://localhost:5080";

    /// <summary>
    /// Listens on <c>http://localhost:5080</c> unless an argument, an environment variable or a file sets an address or a port.
    /// </summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Url);
        }
    }
}
