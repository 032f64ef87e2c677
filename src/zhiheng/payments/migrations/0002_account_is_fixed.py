"""The account of a payment order is fixed when it is made: the database refuses another (G-098)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION payments_refuse_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.account IS DISTINCT FROM OLD.account OR NEW.bank IS DISTINCT FROM OLD.bank THEN
        RAISE EXCEPTION '缴款单的收款账号不能改；账号有误的，作废后重开。'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_account_fixed BEFORE UPDATE OF account, bank ON payments_paymentorder
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_account();
"""
ALLOW = """
DROP TRIGGER order_account_fixed ON payments_paymentorder;
DROP FUNCTION payments_refuse_account();
"""


class Migration(migrations.Migration):
    """Adds one function and one trigger."""

    dependencies = [("payments", "0001_payment_orders")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
